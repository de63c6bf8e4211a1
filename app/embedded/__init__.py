"""The PostgreSQL, the Redis and the child processes of `yougou demo`, and the servers of the tests."""
