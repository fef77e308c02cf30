"""A hypothesis on its way: what its form is about, and its words while something else is shown."""

import json
from typing import Any, NamedTuple, Self

from pydantic import ValidationError

from handlers.forms import FrozenForm, HypothesisForm, InvalidForm, parse
from models.domain.errors import Unknown
from models.domain.find_facts import HypothesisWords


class HypothesisRef(FrozenForm):
    """What the form for a new hypothesis is about; its `private_metadata`, checked again when used.

    `link` is the message that the hypothesis was written in. `asked`: its missing criterion was asked for.
    """

    project_id: int
    follows_id: int | None = None
    link: str | None = None
    asked: bool = False

    @classmethod
    def of_metadata(cls, metadata: str) -> Self:
        """From a view's `private_metadata`.

        Raises:
            Unknown: it is none that we made.
        """
        try:
            return cls.model_validate_json(metadata)
        except ValidationError as error:
            raise Unknown from error


class Kept(NamedTuple):
    """A hypothesis that isn't stored yet: what its form was about, and what was written in it."""

    ref: HypothesisRef
    form: HypothesisForm

    @property
    def words(self) -> HypothesisWords:
        """As the form shows them again."""
        form = self.form
        return HypothesisWords(
            form.change, form.because, form.threshold, form.timebox, form.category
        )

    def metadata(self) -> str:
        """As a view carries it: long texts as they are, since escaped they could be too long for Slack."""
        form = self.form
        short = {
            "ref": self.ref.model_dump(),
            "form": form.model_dump(mode="json", exclude={"change", "because"}),
            "change": len(form.change),
        }
        return f"{json.dumps(short)}\n{form.change}{form.because}"

    @classmethod
    def of_metadata(cls, metadata: str) -> Self:
        """From a view's `private_metadata`; checked like a form.

        Raises:
            Unknown: it is none that we made.
        """
        head, _, words = metadata.partition("\n")
        try:
            short: dict[str, Any] = json.loads(head)
            at = int(short["change"])
            values = {**short["form"], "change": words[:at], "because": words[at:]}
            return cls(HypothesisRef.model_validate(short["ref"]), parse(HypothesisForm, values))
        except (ValueError, KeyError, TypeError, InvalidForm) as error:
            raise Unknown from error
