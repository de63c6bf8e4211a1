"""What the shop's own jobs want somebody on the staff to look at."""
