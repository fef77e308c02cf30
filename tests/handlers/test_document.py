"""How a message becomes text: cut at words, counted, and never in the middle of an entity."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.blocks.document import Bold, Document, button
from handlers.blocks.text import clipped, escaped, fitted, sentence, shortened, size
from handlers.blocks.words import listed, listed_within


@pytest.mark.parametrize(
    ("words", "limit", "expected"),
    [
        ("as it is", 8, "as it is"),
        ("  on \n one  line ", 20, "on one line"),
        ("cut at a word", 12, "cut at a…"),
        ("a comma, goes", 10, "a comma…"),
        ("Donaudampfschiff", 6, "Donau…"),
        ("x Donaudampfschiff", 8, "x Donau…"),
        ("👩👩👩👩", 4, "👩…"),
        ("", 5, ""),
    ],
)
def test_shortened(words: str, limit: int, expected: str) -> None:
    assert shortened(words, limit) == expected


def test_clipped_keeps_lines() -> None:
    assert clipped("one\ntwo", 7) == "one\ntwo"
    assert clipped("one\ntwo\n", 7) == "one\ntw…"


@settings(max_examples=30, deadline=None)
@given(st.text(), st.integers(2, 40))
def test_nothing_is_longer_than_asked_for(words: str, limit: int) -> None:
    assert size(shortened(words, limit)) <= limit
    assert size(clipped(words, limit)) <= limit


@pytest.mark.parametrize(
    ("words", "expected"), [("Done", "Done."), ("Done.", "Done."), ("Why?", "Why?"), ("", "")]
)
def test_a_sentence_ends(words: str, expected: str) -> None:
    assert sentence(words) == expected


def test_only_the_three_characters_are_escaped() -> None:
    assert escaped('a < b & c > "d"') == 'a &lt; b &amp; c &gt; "d"'


def test_short_text_is_complete() -> None:
    assert fitted(["a", "b\nc"]) == "a\nb\nc"


def test_long_text_is_complete_up_to_the_budget_and_then_counted() -> None:
    text = fitted(["x" * 99] * 100)
    lines = text.split("\n")
    assert lines[:38] == ["x" * 99] * 38
    assert lines[38] == "x" * 18 + "…"
    assert lines[39:] == ["… 61 more lines in the message"]


def test_one_line_that_is_left_is_one_line() -> None:
    assert fitted(["x" * 3_899, "y", "z"]).endswith("…\n… 2 more lines in the message")
    assert fitted(["x" * 3_900, "y"]).endswith("…\n… 1 more line in the message")
    assert fitted(["x" * 3_901]) == "x" * 3_818 + "…"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.sampled_from(["&amp;", "<#C123>", "<@U123>"]))
def test_no_entity_and_no_mention_is_cut_in_the_middle(shift: int, part: str) -> None:
    text = fitted(["x" * shift + part * 900])
    assert text == "x" * shift + part * text.count(part) + "…"


def test_lists_share_what_the_rest_of_the_message_leaves() -> None:
    document = Document()
    document.bullets("Long", [["x" * 1_000]] * 20).bullets("Short", [["y"]] * 20)
    document.bullets("Also long", [["z" * 1_000]] * 20, left_out=5, where="elsewhere")
    text = str(document.rendered().blocks)
    assert text.count("'y'") == 20
    assert text.count("x" * 1_000) == text.count("z" * 1_000) == 5
    assert "15 more in the thread" in text
    assert "20 more elsewhere" in text


def test_what_is_empty_is_not_shown() -> None:
    document = Document().bullets("Nothing", []).context("", " ").actions("none", [])
    assert document.rendered() == ("", [])
    (block,) = Document().paragraph("", Bold(""), "x").rendered().blocks
    assert block["elements"][0]["elements"] == [{"type": "text", "text": "x"}]


def test_buttons_are_read_out() -> None:
    document = Document().actions("b", [button("A & B", "a", "1", style="primary")]).divider()
    assert document.rendered().text == "[A &amp; B]"


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_listed(words: list[str], expected: str) -> None:
    assert listed(words) == expected


def test_a_list_of_names_is_folded_with_a_count() -> None:
    assert listed_within(["Ana", "Ben", "Carla"], 100) == "Ana, Ben and Carla"
    assert listed_within(["Ana", "Ben", "Carla"], 12) == "Ana, Ben and 1 more"
    assert listed_within(["note, sent", "plan"], 100, between="; ") == "note, sent; plan"
    assert listed_within(["Ana"], 100, left_out=4) == "Ana and 4 more"
    assert listed_within(["Ana"], 1) == "1 more"
