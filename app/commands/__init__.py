"""The commands of `yougou`, one module each."""
