"""The dispatcher's desk. For now there is one page of it, in practice only."""
