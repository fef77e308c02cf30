"""What each field takes, and the sentence beside it when it can't be taken."""

from datetime import time
from typing import Any

import pytest
from pydantic import BaseModel

from handlers.blocks.setup import hypothesis_form, project_form
from handlers.blocks.standup_form import answer_form, conclusion_form
from handlers.blocks.standup_setup import standup_form
from handlers.forms import (
    AnswerForm,
    AnswerRef,
    HypothesisForm,
    InvalidForm,
    ProjectForm,
    parse,
)
from handlers.forms_course import ConclusionForm
from handlers.forms_standup import StandupForm
from models.domain.errors import Unknown
from models.domain.experiment import AbandonReason, Category, Outcome
from models.domain.facts import FormFacts, HypothesisFormFacts, Pending
from models.domain.facts_standup import StandupFormFacts
from models.domain.metric import Goal, OutOf100
from models.domain.standup import BlockerKind, EntryStatus
from tests.handlers.facts import card, project
from tests.handlers.views import fields

GOOD: dict[type[BaseModel], dict[str, Any]] = {
    AnswerForm: {"status": "still_testing", "learned": "Old months hurt", "blocker_kind": "none"},
    ConclusionForm: {"learning": "Old months hurt", "adopted": "no"},
    ProjectForm: {
        "name": "Card fraud alerts",
        "business_goal": "Stop more fraud",
        "metric_name": "Recall",
        "goal": "max",
        "unit": "share",
        "baseline": "41",
        "baseline_source": "Rules in use",
        "acceptance": "60",
        "business_phrase": "Frauds caught",
        "key": None,
    },
    HypothesisForm: {
        "change": "18 months",
        "threshold": "55",
        "because": "more kinds",
        "timebox": "8",
        "category": "data",
        "project": "5",
    },
    StandupForm: {
        "channel": "C1",
        "people": ["U1"],
        "days": ["tue", "thu"],
        "time": "09:30",
        "project": "all",
        "start": "slot",
    },
}
WRITE = "Please write something here."
NUMBER = "Please write a number, such as 54 or 0.7."
WHOLE = "Please write a whole number."
CHOOSE = "Please choose one."


def taken(model: type[BaseModel], field: str, value: Any) -> Any:
    return getattr(parse(model, {**GOOD[model], field: value}), field)


@pytest.mark.parametrize("model", GOOD)
def test_a_form_that_is_filled_in_is_taken(model: type[BaseModel]) -> None:
    parse(model, {**GOOD[model], "what slack adds": "later"})


@pytest.mark.parametrize(
    ("model", "field", "value", "stored"),
    [
        (AnswerForm, "learned", "  Old months hurt \n", "Old months hurt"),
        (AnswerForm, "learned", "x" * 3_000, "x" * 3_000),
        (AnswerForm, "status", "refuted", EntryStatus.REFUTED),
        (AnswerForm, "value", "54", 54),
        (AnswerForm, "value", " 53,8 ", 53.8),
        (AnswerForm, "value", "−2.5", -2.5),
        (AnswerForm, "value", "  ", None),
        (AnswerForm, "value", None, None),
        (AnswerForm, "next_step", " ", None),
        (AnswerForm, "next_step", "compare", "compare"),
        (AnswerForm, "blocker_kind", "none", None),
        (AnswerForm, "blocker_text", "ignored where nothing is in the way", ...),
        (AnswerForm, "blocker_owner", "U1", "U1"),
        (ConclusionForm, "adopted", "yes", True),
        (ConclusionForm, "unmeasured", " Seen by eye ", "Seen by eye"),
        (ConclusionForm, "despite", " ", None),
        (ConclusionForm, "adopted", None, None),
        (ConclusionForm, "abandon_reason", "out_of_time", AbandonReason.OUT_OF_TIME),
        (ProjectForm, "unit", "none", ""),
        (ProjectForm, "baseline", "41", 0.41),
        (ProjectForm, "acceptance", "60,5", 0.605),
        (ProjectForm, "acceptance", "41.5 %", 0.415),
        (ProjectForm, "baseline", "0,5%", 0.005),
        (HypothesisForm, "threshold", "0.5%", OutOf100(0.5)),
        (ProjectForm, "goal", "max", Goal.MAX),
        (ProjectForm, "key", " fraud ", "FRAUD"),
        (ProjectForm, "key", " ", None),
        (HypothesisForm, "threshold", "0.5", 0.5),
        (HypothesisForm, "timebox", "60", 60),
        (HypothesisForm, "category", "quality_check", Category.QUALITY_CHECK),
        (HypothesisForm, "project", None, None),
        (HypothesisForm, "project", "6", 6),
        (StandupForm, "people", None, ()),
        (StandupForm, "time", "07:05", time(7, 5)),
        (StandupForm, "project", "all", None),
        (StandupForm, "project", "6", 6),
        (StandupForm, "start", "now", "now"),
    ],
)
def test_what_is_taken(model: type[BaseModel], field: str, value: Any, stored: Any) -> None:
    found = taken(model, field, value)
    assert found == (value if stored is ... else stored)


@pytest.mark.parametrize(
    ("model", "field", "value", "sentence"),
    [
        (AnswerForm, "learned", None, WRITE),
        (AnswerForm, "learned", " \n ", WRITE),
        (AnswerForm, "learned", "x" * 3_001, "That is too long: at most 3,000 characters, please."),
        (
            AnswerForm,
            "learned",
            "👩" * 1_501,
            "That is too long: at most 3,000 characters, please.",
        ),
        (AnswerForm, "status", "won", CHOOSE),
        (AnswerForm, "status", None, CHOOSE),
        (AnswerForm, "value", "about 50", NUMBER),
        (AnswerForm, "value", "1,234.5", NUMBER),
        (AnswerForm, "value", "nan", NUMBER),
        (AnswerForm, "value", "%", NUMBER),
        (AnswerForm, "value", "inf", NUMBER),
        (AnswerForm, "value", "-inf", NUMBER),
        (AnswerForm, "value", "1e13", "At most 1,000,000,000,000, please."),
        (AnswerForm, "value", "-1e13", "At least -1,000,000,000,000, please."),
        (AnswerForm, "next_step", "x" * 301, "That is too long: at most 300 characters, please."),
        (AnswerForm, "blocker_kind", "weather", CHOOSE),
        (
            AnswerForm,
            "blocker_text",
            "x" * 301,
            "That is too long: at most 300 characters, please.",
        ),
        (ConclusionForm, "abandon_reason", "bored", CHOOSE),
        (ConclusionForm, "abandon_reason", None, "Please choose why it is dropped."),
        (
            ConclusionForm,
            "learning",
            "",
            "One sentence, please: it is what the others keep of this.",
        ),
        (ConclusionForm, "unmeasured", " ", "One line, please: why is there no number?"),
        (ProjectForm, "name", " ", WRITE),
        (ProjectForm, "name", "x" * 81, "That is too long: at most 80 characters, please."),
        (ProjectForm, "goal", "up", CHOOSE),
        (
            ProjectForm,
            "baseline",
            "0.41",
            "Out of 100, please: did you mean 41? If not, write 0.41%.",
        ),
        (ProjectForm, "baseline", "", NUMBER),
        (
            ProjectForm,
            "acceptance",
            "0.6",
            "Out of 100, please: did you mean 60? If not, write 0.6%.",
        ),
        (ProjectForm, "acceptance", "41", "Today's value is that good already: higher, please."),
        (ProjectForm, "acceptance", "30", "Today's value is that good already: higher, please."),
        (
            ProjectForm,
            "key",
            "F",
            "2 to 10 letters and digits, beginning with a letter, such as FRAUD.",
        ),
        (
            ProjectForm,
            "key",
            "7DAYS",
            "2 to 10 letters and digits, beginning with a letter, such as FRAUD.",
        ),
        (HypothesisForm, "change", "", WRITE),
        (
            HypothesisForm,
            "change",
            "x" * 1_001,
            "That is too long: at most 1,000 characters, please.",
        ),
        (HypothesisForm, "because", None, WRITE),
        (HypothesisForm, "threshold", "x", NUMBER),
        (HypothesisForm, "timebox", "8.5", WHOLE),
        (HypothesisForm, "timebox", None, WHOLE),
        (HypothesisForm, "timebox", "0", "At least 1, please."),
        (HypothesisForm, "timebox", "61", "At most 60, please."),
        (HypothesisForm, "project", "C1", WHOLE),
        (StandupForm, "channel", None, WRITE),
        (StandupForm, "days", [], "Please choose at least one."),
        (StandupForm, "days", None, "Please choose at least one."),
        (StandupForm, "days", ["someday"], CHOOSE),
        (StandupForm, "time", None, "Please choose a time."),
        (StandupForm, "time", "late", "Please choose a time."),
        (StandupForm, "start", "yesterday", CHOOSE),
        (StandupForm, "people", "U1", "Please choose at least one."),
        (StandupForm, "people", [{}], WRITE),
        (AnswerForm, "status", [], CHOOSE),
    ],
)
def test_what_can_not_be_taken_is_said_beside_its_field(
    model: type[BaseModel], field: str, value: Any, sentence: str
) -> None:
    with pytest.raises(InvalidForm) as invalid:
        taken(model, field, value)
    assert invalid.value.fields == {field: sentence}


def test_a_problem_without_words_of_its_own_is_said_all_the_same() -> None:
    class Odd(BaseModel):
        field: bytes

    with pytest.raises(InvalidForm) as invalid:
        parse(Odd, {"field": 1})
    assert invalid.value.fields == {
        "field": "Labmate can't read this. Please write it another way."
    }


def test_an_empty_form_marks_every_field_that_is_needed() -> None:
    with pytest.raises(InvalidForm) as invalid:
        parse(AnswerForm, None)
    assert invalid.value.fields == {"status": WRITE, "learned": WRITE}
    assert invalid.value.sentence == "Please look at the marked fields."


def test_something_in_the_way_has_to_be_named() -> None:
    with pytest.raises(InvalidForm) as invalid:
        taken(AnswerForm, "blocker_kind", "data_access")
    assert invalid.value.fields == {"blocker_text": "Please say in one line what is in the way."}
    said = {**GOOD[AnswerForm], "blocker_kind": "data_access", "blocker_text": "Invoices"}
    assert parse(AnswerForm, said).blocker_kind is BlockerKind.DATA_ACCESS


def test_where_lower_is_better_acceptance_is_below_today() -> None:
    error = {**GOOD[ProjectForm], "unit": "%", "goal": "min", "baseline": "24", "acceptance": "15"}
    assert parse(ProjectForm, error).acceptance == 15
    with pytest.raises(InvalidForm) as invalid:
        parse(ProjectForm, {**error, "acceptance": "24"})
    assert invalid.value.fields == {
        "acceptance": "Today's value is that good already: lower, please."
    }


def test_a_key_is_made_of_the_name_or_asked_for() -> None:
    assert parse(ProjectForm, GOOD[ProjectForm]).chosen_key == "CARD"
    assert parse(ProjectForm, {**GOOD[ProjectForm], "key": "fx"}).chosen_key == "FX"
    with pytest.raises(InvalidForm) as invalid:
        parse(ProjectForm, {**GOOD[ProjectForm], "name": "予測"})
    assert invalid.value.fields == {"key": "Please give a short key, such as FRAUD."}


def test_a_button_says_which_prompt_and_experiment() -> None:
    ref = AnswerRef.of_value("7:11")
    assert (ref.prompt_id, ref.experiment_id) == (7, 11)
    assert AnswerRef.of_metadata(ref.model_dump_json()) == ref


@pytest.mark.parametrize("made_up", ["", "7", "7:", "a:b", "{}", "7:11:12"])
def test_a_reference_that_is_none_of_ours_is_unknown(made_up: str) -> None:
    with pytest.raises(Unknown):
        AnswerRef.of_value(made_up)
    with pytest.raises(Unknown):
        AnswerRef.of_metadata(made_up)


@pytest.mark.parametrize(
    ("model", "view"),
    [
        (AnswerForm, answer_form(FormFacts(7, card()), "")),
        (ConclusionForm, conclusion_form(Pending("F-1", "x", Outcome.REFUTED, None, False), "")),
        (ConclusionForm, conclusion_form(Pending("F-1", "x", Outcome.ABANDONED, None), "")),
        (ProjectForm, project_form("")),
        (HypothesisForm, hypothesis_form(HypothesisFormFacts((project(),), project()), "")),
        (StandupForm, standup_form(StandupFormFacts((project(),)), "")),
    ],
)
def test_every_input_that_is_shown_is_read(model: type[BaseModel], view: dict[str, Any]) -> None:
    """So that an error finds its field."""
    assert set(fields(view)) <= set(model.model_fields)
