"""People's words become queries that no database stumbles over."""

from hypothesis import given
from hypothesis import strategies as st

from models.domain.alike import GROUPS, alike
from models.domain.searching import MOST, folded, for_fts5, for_postgresql, terms, words_of


def test_words_that_say_nothing_are_left_out_unless_there_is_nothing_else() -> None:
    assert words_of("We train on THE label-delay, 3.5 times") == [
        *("train", "label", "delay", "3", "5", "times"),
    ]
    assert words_of("to be or not to be") == ["to", "be", "or", "not", "to", "be"]
    assert words_of(" *?! ") == []


def test_each_word_once_and_not_too_many() -> None:
    assert terms("deep tree DEEP") == ("deep", "tree")
    assert len(terms(" ".join(f"w{n}" for n in range(100)))) == MOST


def test_accents_and_case_are_folded() -> None:
    assert folded("Überträger") == "ubertrager"
    assert folded("ŁÓDŹ")[1:] == "odz"


def test_every_word_has_to_be_there_or_some() -> None:
    both = terms("label delay")
    assert for_fts5(both, 7, every=True) == (
        'workspace_id: "7" AND {title change because learning next_step}: '
        '(("label") AND ("delay"*))'
    )
    assert for_postgresql(both, every=True) == "('label') & ('delay':*)"
    assert for_postgresql(
        both, every=False, alike=lambda word: {"label": ("target",)}.get(word, ())
    ) == ("('label' | 'target') | ('delay':*)")
    assert for_postgresql(("élan",), every=True) == "('élan':* | 'elan':*)"
    assert for_postgresql(("lr",), every=True) == "('lr')"


@given(st.text(max_size=200))
def test_nothing_that_is_typed_gets_out_of_its_quotes(typed: str) -> None:
    wanted = terms(typed)
    for query, quote in (
        (for_fts5(wanted, 7, every=True, alike=alike), '"'),
        (for_postgresql(wanted, every=False, alike=alike), "'"),
    ):
        inside = query.split(quote)[1::2]
        assert all(word.replace("·", "").isalnum() or word == "7" for word in inside), inside


def test_groups_are_known_from_each_of_their_words() -> None:
    for group in GROUPS:
        for word in group.split():
            assert set(group.split()) <= set(alike(word))
    assert alike("nobody") == ()
