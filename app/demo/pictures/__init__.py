"""The demo's own pictures: small three-dimensional scenes, built from a product's facts and rendered here."""
