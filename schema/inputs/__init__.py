"""What clients send: one module per noun."""
