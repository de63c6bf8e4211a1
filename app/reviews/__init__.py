"""What customers say of what they ate."""
