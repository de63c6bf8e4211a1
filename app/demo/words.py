"""The text of a review, built from phrases by what is reviewed and how it was liked."""

from random import Random

from app.demo.content import phrases
from app.demo.goods import Good

_GOOD, _MIDDLING = 4, 3
_SHORT, _BUT, _USE, _SERVICE, _PRAISED = 0.1, 0.5, 0.4, 0.45, 0.5
"""How many are a word or two, name a small flaw, a use, the service, and something good beside a flaw."""


def review_body(good: Good, rating: int, store: str, rng: Random) -> str:
    """What a customer of `store` wrote; the same product gets very different texts."""
    said = phrases.TALK[good.profile.talk]
    if rating >= _GOOD:
        body = _praise(said, rating, rng)
    elif rating == _MIDDLING:
        body = rng.choice(said.so_so) + (f"，{rng.choice(said.praise)}。" if rng.random() < _PRAISED else "。")
    else:
        service = rng.choice(phrases.SERVICE_BAD)
        clauses = rng.sample(said.complaint, rng.choice((1, 1, 2)))
        body = "，".join(clauses) + rng.choice(phrases.SAD_CLOSERS) + (f"{service}。" if service else "")
    return body.replace("{name}", good.name).replace("{origin}", good.origin).replace("{store}", store)


def _praise(said: phrases.Talk, rating: int, rng: Random) -> str:
    if rng.random() < _SHORT:
        return rng.choice(phrases.SHORT) + rng.choice(phrases.CLOSERS)
    clauses = rng.sample(said.praise, rng.choice((1, 1, 2, 2, 3)))
    if rating == _GOOD and rng.random() < _BUT:
        clauses.append("就是" + rng.choice(said.so_so))
    elif rng.random() < _USE:
        clauses.append(rng.choice(said.use))
    service = rng.choice(phrases.SERVICE_GOOD) if rng.random() < _SERVICE else ""
    closer = rng.choice(phrases.CLOSERS)
    return rng.choice(phrases.OPENERS) + "，".join(clauses) + closer + (f"{service}。" if service else "")
