"""What the law gives a person about her data: consent, a copy, erasure (PIPL)."""
