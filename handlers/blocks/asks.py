"""What one person is asked about a blocker, a number, an experiment: the same buttons wherever it stands."""

from handlers.blocks.document import Document, button
from handlers.ids import Click


def blocker_buttons(document: Document, blocker_id: int, *, acknowledged: bool) -> None:
    """What somebody says who can clear what is in the way."""
    value = str(blocker_id)
    buttons = [
        button("It's cleared", Click.BLOCKER_CLEARED, value),
        button("Update", Click.BLOCKER_UPDATE, value),
        button("Not me", Click.BLOCKER_NOT_ME, value),
    ]
    if not acknowledged:
        buttons.insert(0, button("I'm on it", Click.BLOCKER_ON_IT, value, style="primary"))
    document.actions(f"blocker_{value}", buttons)


def number_buttons(document: Document, measurement_id: int) -> None:
    """What a second person says about a number."""
    value = str(measurement_id)
    document.actions(
        f"number_{value}",
        [
            button("Confirm", Click.NUMBER_CONFIRM, value, style="primary"),
            button("Not so fast", Click.NUMBER_DOUBT, value),
        ],
    )


def answer_buttons(document: Document, experiment_id: int) -> None:
    """What an owner does who was asked how an experiment stands."""
    value = f"0|experiment:{experiment_id}|silent"
    document.actions(
        f"asked_{experiment_id}",
        [
            button("Add a number", Click.FINDING_NUMBER, value, style="primary"),
            button("Conclude", Click.FINDING_CONCLUDE, value),
        ],
    )
