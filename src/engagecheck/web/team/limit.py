"""A limit on attempts to sign in, counted in Django's cache: by name, and by the address that a request comes from."""

from hashlib import sha256

from django.core.cache import cache

SECONDS = 15 * 60
"""How long an attempt that failed counts."""
MOST = {"name": 10, "from": 50}
"""How many may fail in this time."""


def is_reached(name: str, address: str) -> bool:
    """Whether too many attempts with this name, or from this address, have failed."""
    return any(cache.get(key, 0) >= MOST[kind] for kind, key in _keys(name, address))


def count(name: str, address: str) -> None:
    """Note an attempt that failed."""
    for _, key in _keys(name, address):
        if not cache.add(key, 1, SECONDS):
            cache.incr(key)


def forget(name: str, address: str) -> None:
    """Forget the attempts with a name after one that succeeded. Those from the address still count."""
    cache.delete(_keys(name, address)[0][1])


def _keys(name: str, address: str) -> list[tuple[str, str]]:
    # As a digest, because a key may be neither long nor hold spaces.
    return [("name", f"name:{sha256(name.casefold().encode()).hexdigest()}"), ("from", f"from:{address}")]
