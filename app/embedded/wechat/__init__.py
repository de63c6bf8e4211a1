"""A stand-in for WeChat's servers, for the demo and the tests: it shares no code with the client."""
