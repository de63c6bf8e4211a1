"""What each mutation answers: a union of its success and its refusals."""
