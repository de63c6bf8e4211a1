"""The linear history of the database, by Tortoise: tables, constraints, and what only SQL can say."""
