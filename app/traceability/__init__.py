"""Where each lot came from, and the proof."""
