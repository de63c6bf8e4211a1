"""Hashes of passwords: Argon2id, away from the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")  # bounds memory when many ask at once
NOBODYS = _HASHER.hash("nobody's password")
"""What is verified where there is no password, so that it takes as long."""


async def hashed(password: str) -> str:
    """The hash to store, with its salt and parameters."""
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, _HASHER.hash, password)


async def verify(password_hash: str, password: str) -> bool:
    """Whether `password` is the one; a hash takes as long to refuse as to accept."""
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, _verify, password_hash, password)


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than new ones are."""
    return _HASHER.check_needs_rehash(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
