"""API keys: their form, what proves them and what ends them."""

import hashlib
import re
from datetime import timedelta

import pytest

from app.partners import rules
from app.partners.errors import ApiKeyExpired, ApiKeyRevoked, ApiKeyUnknown, PartnerInactive
from app.partners.rules import Budget, StoredKey
from tests.shop import NOW

KEY = f"ygk_{'0a' * 6}_{'0b' * 32}"
NEW = rules.new_key()
ENDS = NOW + timedelta(hours=1)
STORED = StoredKey(
    1, 2, NEW.key_hash, frozenset({"reports:file"}), ENDS, None, partner_is_active=True, budget=Budget(60, 10_000)
)


def test_a_new_key_is_found_by_its_prefix_and_proved_by_its_secret() -> None:
    """32 random bytes, of which only the SHA-256 is kept."""
    prefix, secret = rules.split(NEW.text)
    assert NEW.text == f"ygk_{prefix}_{secret}"
    assert re.fullmatch("[0-9a-f]{64}", secret)
    assert (prefix, hashlib.sha256(secret.encode()).digest()) == (NEW.prefix, NEW.key_hash)
    assert len({rules.new_key().text for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "text",
    ["", "ygk_", KEY[:-1], KEY + "0", KEY.upper(), f" {KEY}", KEY + "\n", "ygk_" + "é" * 77],
    ids=lambda text: f"{ascii(text)[:8]}-{len(text)}",
)
def test_another_form_is_no_key(text: str) -> None:
    """Nothing of it reaches a statement."""
    assert rules.split(KEY) == ("0a" * 6, "0b" * 32)
    with pytest.raises(ApiKeyUnknown):
        rules.split(text)


def test_a_wrong_secret_and_an_unknown_prefix_are_one_refusal() -> None:
    """Nobody can search for prefixes."""
    assert rules.matching(STORED, NEW.key_hash) is STORED
    for key, digest in ((STORED, rules.new_key().key_hash), (None, NEW.key_hash), (None, bytes(32))):
        with pytest.raises(ApiKeyUnknown, match="does not hold"):
            rules.matching(key, digest)


def test_a_key_holds_until_its_time_unless_it_or_its_partner_was_ended() -> None:
    """Good one second before, over on the second."""
    assert rules.refusal_of(STORED, NOW) is None
    assert rules.refusal_of(STORED, ENDS - timedelta(seconds=1)) is None
    assert isinstance(rules.refusal_of(STORED, ENDS), ApiKeyExpired)
    assert isinstance(rules.refusal_of(STORED._replace(revoked_at=NOW), NOW), ApiKeyRevoked)
    assert isinstance(rules.refusal_of(STORED._replace(partner_is_active=False), NOW), PartnerInactive)
