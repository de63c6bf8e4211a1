"""TypeScript of registered documents: what each operation takes and answers, exactly as the schema has it."""
