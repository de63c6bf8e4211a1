"""The shop: domains, the kernel they stand on, and the programs that run them."""
