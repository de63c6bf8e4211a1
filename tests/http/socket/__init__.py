"""Tests of GraphQL over WebSocket."""
