"""Sealed values: AES-256-GCM envelopes that open only in their own row and column.

An envelope is `0x01 | key number (4) | nonce (12) | ciphertext and tag`. Its associated
data names the table, the column and the row, so a value copied elsewhere does not open.
An index is HMAC-SHA256 under a key of its own purpose, so that a phone can be found by
someone who has the keyring and by nobody else.
"""

import hmac
import json
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from rapidresponse.errors import RapidResponseError
from rapidresponse.vault.keyring import KEY_BYTES, Keyring

FORMAT = 1
HEAD = struct.Struct(">BI")
NONCE_BYTES = 12
LENGTH = struct.Struct(">I")
STEPS = (64, 256, 1024, 4096)
LEAST_ENVELOPE = HEAD.size + NONCE_BYTES + 16


class KeyGone(RapidResponseError):  # noqa: N818 - reads better than KeyGoneError
    """The envelope cannot be opened: its key was destroyed, or it was moved or changed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A sealed column; values are padded to `size` bytes so that lengths tell nothing.

    A size of 0 is for long values, which are padded in steps; see `seal_long`.
    """

    table: str
    column: str
    size: int


class Vault:
    """Seals, opens and indexes with the keys of one ring."""

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring
        self._ciphers: dict[tuple[int, Field], AESGCM] = {}
        self._index_keys: dict[tuple[int, str], bytes] = {}

    def seal(self, value: str, field: Field, row: int) -> bytes:
        """Return the envelope of a value for this field of this row."""
        plain = value.encode()
        if len(plain) >= field.size:
            raise ValueError("The value does not fit its field.")
        return self._sealed(bytes([len(plain)]) + plain.ljust(field.size - 1, b"\0"), field, row)

    def open(self, envelope: bytes, field: Field, row: int) -> str:
        """Return what was sealed for this field of this row, or raise KeyGone."""
        padded = self._opened(envelope, field, row)
        return padded[1 : 1 + padded[0]].decode()

    def seal_long(self, value: bytes, field: Field, row: int) -> bytes:
        """Return the envelope of a value of any length: padded to 64, 256, 1024, or whole 4096s."""
        whole = LENGTH.pack(len(value)) + value
        step = next((step for step in STEPS if len(whole) <= step), STEPS[-1])
        return self._sealed(whole.ljust(-(-len(whole) // step) * step, b"\0"), field, row)

    def open_long(self, envelope: bytes, field: Field, row: int) -> bytes:
        """Return what `seal_long` sealed for this field of this row, or raise KeyGone."""
        padded = self._opened(envelope, field, row)
        (length,) = LENGTH.unpack_from(padded)
        return padded[LENGTH.size : LENGTH.size + length]

    def _sealed(self, padded: bytes, field: Field, row: int) -> bytes:
        key, nonce = self._ring.active, os.urandom(NONCE_BYTES)
        sealed = self._cipher(key, field).encrypt(nonce, padded, _bound(field, row, key))
        return HEAD.pack(FORMAT, key) + nonce + sealed

    def _opened(self, envelope: bytes, field: Field, row: int) -> bytes:
        try:
            layout, key = HEAD.unpack_from(envelope)
            nonce = envelope[HEAD.size : HEAD.size + NONCE_BYTES]
            if layout != FORMAT or len(envelope) < LEAST_ENVELOPE:
                raise KeyGone("This value cannot be opened.")
            rest = envelope[HEAD.size + NONCE_BYTES :]
            return self._cipher(key, field).decrypt(nonce, rest, _bound(field, row, key))
        except (InvalidTag, KeyError, struct.error):
            raise KeyGone("This value cannot be opened.") from None

    def index(self, value: str, purpose: str) -> bytes:
        """Return the 32 bytes by which a value is found for this purpose."""
        return hmac.digest(
            self._index_key(max(self._ring.index), purpose), value.encode(), "sha256"
        )

    def indexes(self, values: Iterable[str], purpose: str) -> list[bytes]:
        """Return the indexes of many values, with the key derived once."""
        key = self._index_key(max(self._ring.index), purpose)
        return [hmac.digest(key, value.encode(), "sha256") for value in values]

    def _cipher(self, key: int, field: Field) -> AESGCM:
        if (key, field) not in self._ciphers:
            purpose = f"{self._ring.install}/data/{field.table}.{field.column}"
            self._ciphers[key, field] = AESGCM(_derived(self._ring.data[key], purpose))
        return self._ciphers[key, field]

    def _index_key(self, key: int, purpose: str) -> bytes:
        if (key, purpose) not in self._index_keys:
            derived = _derived(self._ring.index[key], f"{self._ring.install}/index/{purpose}")
            self._index_keys[key, purpose] = derived
        return self._index_keys[key, purpose]


def _derived(key: bytes, purpose: str) -> bytes:
    info = f"rapidresponse/1/{purpose}".encode()
    return HKDFExpand(hashes.SHA256(), KEY_BYTES, info).derive(key)


def _bound(field: Field, row: int, key: int) -> bytes:
    return json.dumps([FORMAT, field.table, field.column, row, key]).encode()
