"""A stand-in for WeChat Pay, for the demo and the tests: it shares no code with the client."""
