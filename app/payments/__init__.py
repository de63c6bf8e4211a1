"""Money: what customers pay through WeChat, what goes back to them, and the ledger that proves both."""
