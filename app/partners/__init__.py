"""Labs, suppliers, carriers and group-buy leaders who call the API."""
