"""How Chinese words are typed in Latin letters: full pinyin and initials. For writing, never for a query."""

from pypinyin import lazy_pinyin

from app.catalog.keys import prefixes

LONGEST = 24  # letters typed of a name: four to eight syllables


def typed(word: str) -> set[str]:
    """What one may type to mean `word`: every beginning of its pinyin and of its initials.

    Characters with several readings are read as their neighbours ask for.
    """
    return _beginnings(_syllables(word))


def typed_inside(name: str) -> set[str]:
    """What one may type to mean `name` or its end, so that 番茄 (`fanqie`, `fanq`, `fq`) is found in 沙瓤番茄."""
    syllables = _syllables(name)
    return {key for start in range(len(syllables)) for key in _beginnings(syllables[start:])}


def _syllables(word: str) -> list[str]:
    return [syllable for syllable in lazy_pinyin(word, errors="ignore") if syllable.isascii()]


def _beginnings(syllables: list[str]) -> set[str]:
    initials = "".join(syllable[0] for syllable in syllables)
    return {*prefixes("".join(syllables), LONGEST), *prefixes(initials, LONGEST)}
