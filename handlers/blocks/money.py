"""Money as people read it: a range in two figures, half up (domain §2.6)."""

from collections.abc import Sequence

from handlers.blocks.text import shortened
from models.domain.value import rounded

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF ", "JPY": "¥"}
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CAD", "AUD", "INR")


def money(of: Sequence[float], currency: str) -> str:
    """“€34,000–48,000”, “−€3,000 to 500”."""
    return _said([rounded(end) for end in of], currency)


def exactly(of: Sequence[float], currency: str) -> str:
    """“€33,891–47,752”: for whoever checks the figures; cents only where there is little else."""
    small = max(abs(end) for end in of) < 100
    return _said([round(end, 2) if small else round(end) for end in of], currency)


def _said(ends: Sequence[float], currency: str) -> str:
    low, high = ends
    sign = SIGNS.get(currency.upper(), f"{shortened(currency.upper(), 8)} ")
    minus = "−" if low < 0 else ""
    if low == high:
        return f"{minus}{sign}{abs(low):,}"
    upper = f"−{abs(high):,}" if high < 0 else f"{high:,}"
    return f"{minus}{sign}{abs(low):,}{' to ' if low < 0 else '–'}{upper}"
