"""SHA-256 of profiles, reports and plugins."""

import sys
from typing import Any

try:
    from _sha2 import sha256 as _lean  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256 as _lean  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        from hashlib import sha256 as _lean


def digest_of(raw: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal.

    By `hashlib` where it is loaded, as in a batch. It is quicker, but loading OpenSSL takes one audit longer than all that it
    has to digest, so that does without, as the standard library's `random` does.
    """
    sha256: Any = getattr(sys.modules.get("hashlib"), "sha256", _lean)
    text: str = sha256(raw).hexdigest()
    return text
