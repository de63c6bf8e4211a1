"""Cuts text into the keys it is found by: characters, pairs of neighbours, and words in Latin letters.

Chinese has no spaces between words, and PostgreSQL's own text search and trigrams find no word of one or two
characters; sets of 1- and 2-grams in a GIN index do.
"""

import unicodedata
from itertools import groupby, pairwise


def runs(text: str) -> list[str]:
    """The stretches of letters, digits or characters in `text`, in order; Latin and other script apart.

    Full-width letters become plain ones (NFKC), capitals small; punctuation, emoji, control characters and
    lone surrogates part stretches and are dropped.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    stretches = groupby(folded, lambda sign: (sign.isalnum(), sign.isascii()))
    return ["".join(signs) for (is_word, _), signs in stretches if is_word]


def pairs(run: str) -> list[str]:
    """Each two neighbours."""
    return [first + second for first, second in pairwise(run)]


def prefixes(word: str, longest: int) -> list[str]:
    """The beginnings of `word`, of at most `longest` letters."""
    return [word[:end] for end in range(1, min(len(word), longest) + 1)]


def term(run: str) -> list[str]:
    """The keys a text must have to contain `run`: a Latin word or a single character itself, else its pairs."""
    return [run] if run.isascii() or len(run) == 1 else pairs(run)
