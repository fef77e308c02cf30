"""The confusion matrix: four counts, and the five metrics that come from it (S1-27)."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Computed(StrEnum):
    """A metric that the four counts give."""

    ACCURACY = "accuracy"
    PRECISION = "precision"
    RECALL = "recall"
    FALSE_POSITIVE_RATE = "false_positive_rate"
    F1 = "f1"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            Computed.ACCURACY: "accuracy",
            Computed.PRECISION: "precision",
            Computed.RECALL: "recall",
            Computed.FALSE_POSITIVE_RATE: "false positive rate",
            Computed.F1: "F1",
        }[self]


NAMES = {
    "accuracy": Computed.ACCURACY,
    "precision": Computed.PRECISION,
    "positive predictive value": Computed.PRECISION,
    "ppv": Computed.PRECISION,
    "recall": Computed.RECALL,
    "sensitivity": Computed.RECALL,
    "true positive rate": Computed.RECALL,
    "tpr": Computed.RECALL,
    "false positive rate": Computed.FALSE_POSITIVE_RATE,
    "fpr": Computed.FALSE_POSITIVE_RATE,
    "false alarm rate": Computed.FALSE_POSITIVE_RATE,
    "f1": Computed.F1,
    "f1 score": Computed.F1,
}
"""Whole names only: “recall at 9 in 10 precision” is another metric."""


@dataclass(frozen=True)
class Counts:
    """How often the model said yes and was right, yes and wrong, no and wrong, no and right."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def total(self) -> int:
        """All cases."""
        return self.tp + self.fp + self.fn + self.tn

    def computed(self) -> dict[Computed, float]:
        """All of the five; those with nothing to divide by are left out."""
        values = {of: self.value(of) for of in Computed}
        return {of: value for of, value in values.items() if value is not None}

    def value(self, of: Computed) -> float | None:
        """A share from 0 to 1; None where there is nothing to divide by."""
        match of:
            case Computed.ACCURACY:
                return _share(self.tp + self.tn, self.total)
            case Computed.PRECISION:
                return _share(self.tp, self.tp + self.fp)
            case Computed.RECALL:
                return _share(self.tp, self.tp + self.fn)
            case Computed.FALSE_POSITIVE_RATE:
                return _share(self.fp, self.fp + self.tn)
            case _:  # F1
                return _share(2 * self.tp, 2 * self.tp + self.fp + self.fn)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def computed_as(name: str) -> Computed | None:
    """Which of the five a metric of this name is; None when it is another one."""
    return NAMES.get(re.sub(r"[\W_]+", " ", name.casefold()).strip())


def in_unit(share: float, unit: str) -> float:
    """A share as a metric of this unit stores it."""
    return share * 100 if unit.strip().casefold() in {"%", "percent", "points"} else share
