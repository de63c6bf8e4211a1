"""Hashes of passwords."""

from argon2 import PasswordHasher

from app.kit import passwords


async def test_a_password_is_known_by_its_hash() -> None:
    """With OWASP's parameters, and a salt of its own."""
    first, second = await passwords.hashed("carrots are orange"), await passwords.hashed("carrots are orange")
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert await passwords.verify(first, "carrots are orange")
    assert not await passwords.verify(first, "carrots are green")
    assert not await passwords.verify("no hash", "carrots are orange")
    assert not await passwords.verify(passwords.NOBODYS, "carrots are orange")


def test_a_hash_of_other_parameters_is_outdated() -> None:
    """So it is made anew at the next sign-in."""
    assert not passwords.is_outdated(passwords.NOBODYS)
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
