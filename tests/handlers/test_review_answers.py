"""What somebody has answered in a review's form: only what they changed, and less than a yes with a word."""

import pytest

from handlers.blocks.review_forms import mark_of
from handlers.forms import InvalidForm
from handlers.forms_review import Section, Shown, answers_of, points_of
from models.checklists import packaged
from models.domain.errors import Unknown
from models.domain.review import Answer, ReviewKind
from models.reviewing import Said

ITEMS = packaged(ReviewKind.DEPLOYMENT).items
PRIVACY = {"answer_privacy_review": "no", "note_privacy_review": "ticket text"}


def test_what_stood_there_and_was_not_touched_is_nobody_s_answer() -> None:
    marks = {"privacy_review": mark_of(Answer.NO, "ticket text")}
    assert answers_of({**PRIVACY, "answer_sla": "yes"}, ITEMS, marks) == {"sla": Said(Answer.YES)}
    assert answers_of(PRIVACY, ITEMS, {}) == {"privacy_review": Said(Answer.NO, "ticket text")}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (PRIVACY | {"answer_privacy_review": "yes"}, Said(Answer.YES, "ticket text")),
        (PRIVACY | {"note_privacy_review": "names"}, Said(Answer.NO, "names")),
        (
            PRIVACY | {"note_privacy_review": "see https://wiki.example/pia now"},
            Said(Answer.NO, "see now", "https://wiki.example/pia"),
        ),
    ],
)
def test_what_was_changed_is(values: dict[str, str], said: Said) -> None:
    marks = {"privacy_review": mark_of(Answer.NO, "ticket text")}
    assert answers_of(values, ITEMS, marks) == {"privacy_review": said}


def test_an_open_question_is_emptied_again() -> None:
    marks = {"shift_scenarios": mark_of(None, "summer")}
    assert answers_of({"note_shift_scenarios": None}, ITEMS, marks) == {
        "shift_scenarios": Said(None)
    }


def test_where_an_open_question_is_answered_is_an_answer() -> None:
    values = {"answer_shift_scenarios": "yes", "note_shift_scenarios": " https://wiki.example/s "}
    assert answers_of(values, ITEMS, {}) == {
        "shift_scenarios": Said(Answer.YES, "https://wiki.example/s")
    }


def test_an_item_that_is_left_empty_is_none() -> None:
    assert answers_of({"answer_sla": None, "note_sla": " "}, ITEMS, {"sla": "0"}) == {}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"answer_sla": "no"}, "note_sla", "What is missing? A few words, please."),
        ({"answer_compliance_legal": "na"}, "note_compliance_legal", "Why not?"),
        ({"note_sla": "nights"}, "answer_sla", "Please choose one as well."),
        ({"answer_shift_scenarios": "yes"}, "note_shift_scenarios", "Please write it down"),
    ],
)
def test_a_word_is_asked_for(values: dict[str, str], field: str, sentence: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        answers_of(values, ITEMS, {})
    assert refused.value.fields[field].startswith(sentence)


def test_a_forms_metadata_is_read_again() -> None:
    assert Shown.of("12|sla=1a2b3c4d,parity=") == (12, {"sla": "1a2b3c4d", "parity": ""})
    with pytest.raises(Unknown):
        Shown.of("x|")


def test_a_section_and_its_points_are_read() -> None:
    section = Section.of("12|infra")
    assert (section.review_id, len(section.tests)) == (12, 7)
    assert points_of(dict.fromkeys(section.tests, "0.5"), section.tests)["infra_3"] == 0.5
    with pytest.raises(InvalidForm) as refused:
        points_of({**dict.fromkeys(section.tests, "1"), "infra_2": "2"}, section.tests)
    assert refused.value.fields == {"infra_2": "Please choose one."}
    for value in ("12|else", "12", "x|data"):
        with pytest.raises(Unknown):
            Section.of(value)
