"""A reader's PIN as a salted hash: what is kept does not tell the PIN, and no two readers' hashes are alike."""

from __future__ import annotations

import hashlib
import hmac
import os

LEAST_DIGITS = 4
# RFC 7914, section 2: the costs for interactive use, 16 MiB and some hundredths of a second for each try.
COST, BLOCK, LANES = 2**14, 8, 1
SALT_BYTES, HASH_BYTES = 16, 32
KIND = "scrypt"


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """Return what is kept of a PIN: the kind of hash, its salt and the hash itself; ValueError for a short one."""
    if len(pin) < LEAST_DIGITS:
        raise ValueError(f"a PIN has {LEAST_DIGITS} characters or more")
    salt = os.urandom(SALT_BYTES) if salt is None else salt
    found = hashlib.scrypt(pin.encode("utf-8"), salt=salt, n=COST, r=BLOCK, p=LANES, dklen=HASH_BYTES)
    return f"{KIND}${salt.hex()}${found.hex()}"


def is_pin(pin: str, kept: str) -> bool:
    """Return whether this is the PIN that `hash_pin` made `kept` of; False for anything else."""
    kind, _, rest = kept.partition("$")
    salt, _, _ = rest.partition("$")
    if kind != KIND or len(pin) < LEAST_DIGITS:
        return False
    try:
        return hmac.compare_digest(hash_pin(pin, bytes.fromhex(salt)).encode(), kept.encode())
    except ValueError:  # a damaged line of the settings
        return False
