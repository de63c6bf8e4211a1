"""Points where orders are collected, and their time slots."""
