"""The text of a review, built from phrases by what is reviewed and how it was liked."""

from random import Random

from app.demo.content import phrases

_SHORT_SHARE = 0.1
_GOOD, _MIDDLING = 4, 3


def review_body(talk: str, rating: int, name: str, origin: str, store: str, rng: Random) -> str:
    """What a customer wrote; the same product gets very different texts."""
    said = phrases.TALK[talk]
    chance = rng.random()
    if rating >= _GOOD:
        if chance < _SHORT_SHARE:
            return rng.choice(phrases.SHORT) + rng.choice(phrases.CLOSERS)
        clauses = rng.sample(said.praise, 1 + int(chance * 2.2))
        if rating == _GOOD and chance > 0.5:  # noqa: PLR2004 - half of the four-star reviews have a small but
            clauses.append("就是" + rng.choice(said.so_so))
        elif rng.random() < 0.4:  # noqa: PLR2004 - two in five tell what they made of it
            clauses.append(rng.choice(said.use))
        body = rng.choice(phrases.OPENERS) + "，".join(clauses) + rng.choice(phrases.CLOSERS)
        service = rng.choice(phrases.SERVICE_GOOD) if rng.random() < 0.45 else ""  # noqa: PLR2004
        body += f"{service}。" if service else ""
    elif rating == _MIDDLING:
        body = (
            f"{rng.choice(said.so_so)}，{rng.choice(said.praise)}。" if chance < 0.5 else f"{rng.choice(said.so_so)}。"
        )  # noqa: PLR2004
    else:
        clauses = rng.sample(said.complaint, 1 + int(chance * 1.6))
        service = rng.choice(phrases.SERVICE_BAD)
        body = "，".join(clauses) + rng.choice(phrases.SAD_CLOSERS) + (f"{service}。" if service else "")
    return body.replace("{name}", name).replace("{origin}", origin).replace("{store}", store)
