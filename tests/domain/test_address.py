"""What is an address on the web that a link may lead to."""

import pytest

from models.domain.address import is_address


@pytest.mark.parametrize(
    "words",
    [
        "https://example.org",
        "http://tracker:5000/#/experiments/3/runs/a?x=1&y=2",
        "https://de.wikipedia.org/wiki/Größe",
    ],
)
def test_web_addresses(words: str) -> None:
    assert is_address(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://bank.example@evil.example",
        "https://a b",
        "https://a|bank",
        "https://a>",
        "http://[bad",
        "https://example.org/" + "a" * 1_000,
    ],
)
def test_what_is_none(words: str) -> None:
    assert not is_address(words)
