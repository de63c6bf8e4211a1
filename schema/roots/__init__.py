"""The root fields by what they are about: schema.root puts them together."""
