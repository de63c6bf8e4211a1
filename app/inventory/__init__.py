"""How much of each lot stands at each pickup point."""
