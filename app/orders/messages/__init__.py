"""Subscribe messages about orders: a customer grants each one beforehand, and it is sent once."""
