"""The keys, in one file outside the database.

The file is JSON: `format`, `install` (random, so that two networks' tables cannot be
joined), `active` (the data key that seals), `data` (data keys by number) and `index`
(index keys by number); every key is 32 random bytes in base64.
"""

import base64
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from rapidresponse.errors import Misconfigured

KEY_BYTES = 32
OTHERS_MAY_READ = 0o077


@dataclass(frozen=True, slots=True)
class Keyring:
    """Data keys that seal, index keys that find, and the name of this installation."""

    install: str
    active: int
    data: dict[int, bytes] = field(repr=False)
    index: dict[int, bytes] = field(repr=False)

    @classmethod
    def fresh(cls) -> Self:
        """Make a new ring."""
        return cls(
            secrets.token_hex(8),
            1,
            {1: secrets.token_bytes(KEY_BYTES)},
            {1: secrets.token_bytes(KEY_BYTES)},
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a ring from its file, or raise Misconfigured with the remedy."""
        try:
            if path.stat().st_mode & OTHERS_MAY_READ:
                raise Misconfigured(f"KEYRING_FILE: others may read it; run: chmod 600 {path}")
            found = json.loads(path.read_text())
            ring = cls(
                _name(found["install"]),
                int(found["active"]),
                _decoded(found["data"]),
                _decoded(found["index"]),
            )
        except OSError:
            raise Misconfigured(
                f"KEYRING_FILE: cannot be read at {path}; make one with: rapidresponse keyring make"
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Misconfigured("KEYRING_FILE: is damaged; restore it from your copy.") from None
        ring._check()
        return ring

    @classmethod
    def read_or_make(cls, path: Path) -> Self:
        """Read the ring of a practice network, made once if there is none."""
        if not path.exists():
            cls.fresh().write(path)
        return cls.read(path)

    def write(self, path: Path) -> None:
        """Write the ring where there is none yet; an existing file is never overwritten."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not named after the process: two containers that share the folder are both number 1.
        whole = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        whole.touch(0o600, exist_ok=False)
        whole.write_text(
            json.dumps(
                {
                    "format": 1,
                    "install": self.install,
                    "active": self.active,
                    "data": _encoded(self.data),
                    "index": _encoded(self.index),
                }
            )
        )
        with suppress(FileExistsError):  # another process of ours was first; its ring stands
            path.hardlink_to(whole)
        whole.unlink()

    def _check(self) -> None:
        keys = [*self.data.values(), *self.index.values()]
        whole = all(len(key) == KEY_BYTES for key in keys) and self.index
        if not whole or len(set(keys)) != len(keys) or self.active not in self.data:
            raise Misconfigured("KEYRING_FILE: is damaged (a key is short, twice, or missing).")


def _name(install: object) -> str:
    if not isinstance(install, str) or not install:
        raise ValueError("the installation has no name")
    return install


def _encoded(keys: dict[int, bytes]) -> dict[str, str]:
    return {str(number): base64.b64encode(key).decode() for number, key in keys.items()}


def _decoded(keys: dict[str, str]) -> dict[int, bytes]:
    return {int(number): base64.b64decode(key, validate=True) for number, key in keys.items()}
