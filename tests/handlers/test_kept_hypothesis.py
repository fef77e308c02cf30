"""A hypothesis that waits while its writer reads what was tried before: nothing of it is lost."""

import pytest

from handlers.forms import HypothesisForm, parse
from handlers.forms_hypothesis import HypothesisRef, Kept
from models.domain.errors import Unknown
from models.domain.metric import OutOf100, stored_as

TYPED = {
    "change": "18 months",
    "threshold": "0.5%",
    "because": "more\nkinds",
    "timebox": "8",
    "category": "data",
    "project": "5",
}


@pytest.mark.parametrize(("typed", "stored"), [("0.5%", 0.005), ("55", 0.55)])
def test_it_comes_back_as_it_was_typed(typed: str, stored: float) -> None:
    kept = Kept(HypothesisRef(project_id=5), parse(HypothesisForm, {**TYPED, "threshold": typed}))
    back = Kept.of_metadata(kept.metadata())
    assert back.form == kept.form
    assert back.form.threshold is not None
    assert stored_as(back.form.threshold, "share") == stored
    assert isinstance(back.form.threshold, OutOf100) is typed.endswith("%")


@pytest.mark.parametrize("made_up", ["", "{}", "x\ny", '{"ref": {}, "form": {}, "change": 1}\nx'])
def test_what_is_none_of_ours_is_unknown(made_up: str) -> None:
    with pytest.raises(Unknown):
        Kept.of_metadata(made_up)
