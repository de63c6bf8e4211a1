"""The demo shop: invented content, generated the same way every time."""
