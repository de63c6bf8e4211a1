"""Backups of the shop: the database and the files in one folder, checked on the way back."""
