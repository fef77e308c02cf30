"""The forms of a checklist's item: what they make of the checklist."""

import pytest

from handlers.checklists import ItemRef
from handlers.forms import InvalidForm
from handlers.forms_checklists import edit_of
from models.checklists import packaged
from models.domain.checklist import Gate, ItemKind
from models.domain.checklist_edit import differences
from models.domain.errors import Unknown
from models.domain.project import Role
from models.domain.review import ReviewKind

LIST = packaged(ReviewKind.DEPLOYMENT)
WORDS = {
    "label": " Nights ",
    "text": "Who is called at night?",
    "gate": "must",
    "kind": "statement",
    "na_allowed": "yes",
    "asked_of": "devops",
    "evidence": " ",
}


def test_a_new_item_is_added() -> None:
    item = edit_of(WORDS, "")(LIST).items[-1]
    assert (item.label, item.gate, item.kind) == ("Nights", Gate.MUST, ItemKind.STATEMENT)
    assert (item.na_allowed, item.asked_of, item.evidence) == (True, Role.DEVOPS, "")


def test_one_is_changed_moved_and_taken_out() -> None:
    more = {**WORDS, "place": "top", "keep": "yes"}
    assert edit_of(more, "sla")(LIST).item("sla") == LIST.items[11].model_copy(
        update={
            "label": "Nights",
            "text": "Who is called at night?",
            "gate": Gate.MUST,
            "kind": ItemKind.STATEMENT,
            "na_allowed": True,
            "asked_of": Role.DEVOPS,
            "evidence": "",
        }
    )
    assert edit_of({**more, "keep": "no"}, "sla")(LIST).item("sla") is None


def test_of_a_minimum_check_only_the_evidence_and_its_place() -> None:
    values = {"asked_of": "legal", "evidence": "Reference", "place": "top"}
    after = edit_of(values, "privacy_review")(LIST)
    assert after.items[0].key == "privacy_review"
    assert after.items[0].text == LIST.items[3].text
    assert differences(LIST, after) == [
        "“Privacy review done” is answered in another way",
        "The order is another one",
    ]
    with pytest.raises(Unknown):
        edit_of(values, "nothing")(LIST)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"label": "x" * 61}, {"label": "That is too long: at most 60 characters, please."}),
        ({"text": " "}, {"text": "Please write something here."}),
        ({"gate": "perhaps"}, {"gate": "Please choose one."}),
        (
            {"evidence": "x" * 201},
            {"evidence": "That is too long: at most 200 characters, please."},
        ),
    ],
)
def test_bad_input_stands_beside_its_field(changed: dict[str, str], fields: dict[str, str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        edit_of(WORDS | changed, "")
    assert refused.value.fields == fields


def test_a_reference_is_one_of_ours() -> None:
    assert ItemRef.of("") == (ReviewKind.DEPLOYMENT, "")
    assert ItemRef.of("peer|slices") == (ReviewKind.PEER, "slices")
    with pytest.raises(Unknown):
        ItemRef.of("else|slices")
