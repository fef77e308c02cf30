"""Decisions: what can be decided about a project, and what an incident was caused by."""

from enum import StrEnum


class DecisionKind(StrEnum):
    """What was decided (domain §2.2-12)."""

    GO = "go"
    NO_GO = "no_go"
    CONTINUE = "continue"
    PIVOT = "pivot"
    HOLD = "hold"
    STOP = "stop"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            DecisionKind.GO: "Go",
            DecisionKind.NO_GO: "No go",
            DecisionKind.CONTINUE: "Continue",
            DecisionKind.PIVOT: "Pivot",
            DecisionKind.HOLD: "Hold",
            DecisionKind.STOP: "Stop",
        }[self]


GOES_ON = (DecisionKind.GO, DecisionKind.CONTINUE, DecisionKind.PIVOT)
"""Decisions after which work goes on."""


class Cause(StrEnum):
    """The three causes of an incident (S3-12, S3-19)."""

    UPSTREAM_DATA = "upstream_data"
    MODEL_OR_PIPELINE = "model_or_pipeline"
    PLATFORM = "platform"

    @property
    def label(self) -> str:
        """As people choose it, and as those who use the model read it."""
        return {
            Cause.UPSTREAM_DATA: "The data that it gets has changed",
            Cause.MODEL_OR_PIPELINE: "The model or its pipeline",
            Cause.PLATFORM: "The platform that it runs on",
        }[self]
