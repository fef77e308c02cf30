"""Forms of the notebook as frozen values: what is looked for, and what was decided."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from handlers.forms import FrozenForm, Sentence, Text, blank_is_none
from models.domain.decision import DecisionKind


class FindForm(FrozenForm):
    """What is looked for."""

    words: Sentence


class DecisionForm(FrozenForm):
    """What was decided about which project, why, and when it is looked at again."""

    project: int
    kind: DecisionKind
    reason: Text
    next_on: Annotated[date | None, BeforeValidator(blank_is_none)] = None
