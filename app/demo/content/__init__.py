"""What the demo shop is made of, as plain data: names, places, products and phrases. All of it is invented."""
