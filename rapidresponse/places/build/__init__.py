"""How the places file is made; see docs/places.md. Nothing here runs in production."""
