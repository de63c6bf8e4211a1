"""PostgreSQL, Redis and stand-ins for WeChat, run by the demo and the tests."""
