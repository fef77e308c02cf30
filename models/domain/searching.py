"""The search's words: from what people type to a query that neither database can stumble over.

Both databases stem English words and fold accents (revision 0004); here words are only taken apart.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

WORD = re.compile(r"[^\W_]+")
MOST = 24
"""Words of a query: what comes after them tells no more."""
LONGEST_WORD = 60
_SAY_NOTHING = """
a about after all also am an and any are as at be because been before being between both but by can
could did do does doing for from further had has have having he her here him his how i if in into is
it its itself just me more most my no nor not now of off on once only or other our ours out over own
same she should so some such than that the their theirs them then there these they this those through
to too under until up very was we were what when where which while who whom why will with would you
your
"""
STOP = frozenset(_SAY_NOTHING.split())
"""Words that say nothing by themselves; PostgreSQL leaves out nearly the same ones."""


def folded(word: str) -> str:
    """In small letters, without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words that say something, in small letters, in their order; all of them where none does."""
    found = [word[:LONGEST_WORD] for word in WORD.findall(text.lower())]
    return [word for word in found if word not in STOP] or found


def terms(text: str) -> tuple[str, ...]:
    """The words of a query: each once, at most `MOST`."""
    return tuple(dict.fromkeys(words_of(text)))[:MOST]


Alike = Callable[[str], Iterable[str]]
"""What else a word may be called."""


def _ways(word: str, alike: Alike | None) -> list[str]:
    """A word as it may stand in a text: as typed and folded; with `alike`, what else it is called."""
    ways = [word, *WORD.findall(folded(word)), *(alike(word) if alike else ())]
    return list(dict.fromkeys(ways))


def for_fts5(
    words: Sequence[str], workspace_id: int, *, every: bool, alike: Alike | None = None
) -> str:
    """The query in the language of SQLite's FTS5; with `every`, all words have to be there.

    The last word may be the beginning of one, since people are still typing it.
    """
    joined = (" AND " if every else " OR ").join(
        "(" + " OR ".join(f'"{way}"{_open(word, words, "*")}' for way in _ways(word, alike)) + ")"
        for word in words
    )
    return f'workspace_id: "{workspace_id}" AND {{title change because learning next_step}}: ({joined})'


def for_postgresql(words: Sequence[str], *, every: bool, alike: Alike | None = None) -> str:
    """The same for PostgreSQL's `to_tsquery`."""
    return (" & " if every else " | ").join(
        "(" + " | ".join(f"'{way}'{_open(word, words, ':*')}" for way in _ways(word, alike)) + ")"
        for word in words
    )


def _open(word: str, words: Sequence[str], sign: str) -> str:
    return sign if word == words[-1] and len(word) > 3 else ""
