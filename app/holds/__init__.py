"""What a checkout keeps for a customer while she pays: one hold, whose lines stand with the things they hold."""
