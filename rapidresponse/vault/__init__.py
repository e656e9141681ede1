"""What must never be readable in the database alone: sealed values, and indexes to find them."""

from rapidresponse.vault.envelope import Field, KeyGone, Vault
from rapidresponse.vault.keyring import Keyring

__all__ = ["Field", "KeyGone", "Keyring", "Vault"]
