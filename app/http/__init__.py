"""The HTTP side: endpoints, and nothing that knows the trade."""
