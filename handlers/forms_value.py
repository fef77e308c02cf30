"""Forms of the value model, as frozen values (see `forms`)."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handlers.forms import FrozenForm, InvalidForm, Optional300, as_number, blank_is_none
from models.domain.value import CELLS, Confusion, PerPoint

NUMBER = r"[-−]?\s?\d+(?:[.,]\d+)?"
RANGE = re.compile(rf"\s*({NUMBER})\s*(?:(?:to|–|—|-|…|\.\.)\s*({NUMBER})\s*)?", re.IGNORECASE)
MOST = 1e12


def as_range(value: Any) -> Any:
    """“100 to 140”, “100–140” or “120” as two ends, the smaller first.

    Raises:
        ValueError: it is none; the sentence is shown beside the field.
    """
    value = blank_is_none(value)
    if not isinstance(value, str):
        return value
    found = RANGE.fullmatch(value)
    if found is None:
        raise ValueError("A range, please, such as 100 to 140, without thousands separators.")
    ends = [_number(end) for end in found.groups() if end is not None]
    return tuple(sorted((ends[0], ends[-1])))


def _number(text: str) -> float:
    number = float(text.replace("−", "-").replace(" ", "").replace(",", "."))
    if abs(number) > MOST:
        raise ValueError("That is more money than there is.")
    return number


Range = Annotated[tuple[float, float], BeforeValidator(as_range)]
OptionalRange = Annotated[tuple[float, float] | None, BeforeValidator(as_range)]
OfHundred = Annotated[float, BeforeValidator(as_number), Field(gt=0, allow_inf_nan=False)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class PointsForm(FrozenForm):
    """Money a month for each point of the metric."""

    currency: Currency
    per_point: Range
    cost: OptionalRange = None

    def model(self, unit: str) -> PerPoint:
        """As it is stored: of a share, for the whole of it and not for 1 of 100."""
        times = 100 if unit.strip().lower() == "share" else 1
        low, high = self.per_point
        return PerPoint(
            currency=self.currency,
            per_point_per_month=(low * times, high * times),
            running_cost=self.cost,
        )


class CasesForm(FrozenForm):
    """Money a case, by cell of the confusion matrix, and how many cases there are."""

    currency: Currency
    cases: Annotated[float, BeforeValidator(as_number), Field(gt=0, le=MOST, allow_inf_nan=False)]
    positive: OfHundred
    way: Literal["precision", "share"]
    kept: OfHundred
    tp: Range
    fp: Range
    fn: OptionalRange = None
    tn: OptionalRange = None
    tp_impact: Optional300 = None
    fp_impact: Optional300 = None
    fn_impact: Optional300 = None
    tn_impact: Optional300 = None
    cost: OptionalRange = None

    @model_validator(mode="after")
    def _within_a_hundred(self) -> "CasesForm":
        problems = {}
        if self.positive >= 100:
            problems["positive"] = "Fewer than 100 of 100, please."
        if self.kept > 100:
            problems["kept"] = "At most 100 of 100, please."
        if problems:
            raise InvalidForm(problems)
        return self

    @property
    def model(self) -> Confusion:
        """As it is stored."""
        precise = self.way == "precision"
        said = {cell: getattr(self, f"{cell}_impact") for cell in CELLS}
        return Confusion(
            currency=self.currency,
            cases_per_month=self.cases,
            positive_rate=self.positive / 100,
            fixed_precision=self.kept / 100 if precise else None,
            list_share=None if precise else self.kept / 100,
            tp=self.tp,
            fp=self.fp,
            fn=self.fn or (0.0, 0.0),
            tn=self.tn or (0.0, 0.0),
            impact={cell: words for cell, words in said.items() if words},
            running_cost=self.cost,
        )
