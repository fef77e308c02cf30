"""What people confirm that they know of: who has, who has not, and the two buttons, in their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks import words
from handlers.blocks.document import Document, button
from handlers.ids import Click
from models.domain.facts import Person


@dataclass(frozen=True)
class Matter:
    """How one kind of thing is confirmed: what its buttons are called and lead to, and what is said of it.

    `name` is what its blocks' ids begin with.
    """

    name: str
    says: str
    show: Click
    confirm: Click
    done_by: str
    still: str
    everybody: str
    you: str

    def who(self, confirmed: Sequence[Person], waiting: Sequence[Person]) -> str:
        """“Read by Ana. Still to read: Ben.”; nothing where nobody was asked."""
        if not waiting:
            return f"✓ {self.everybody}." if confirmed else ""
        done = f"{self.done_by} {words.names(confirmed)}. " if confirmed else ""
        return f"{done}{self.still}: {words.names(waiting)}."

    def add_confirm(self, document: Document, number: int) -> None:
        """The button below a message in a channel: for whoever is named there."""
        document.actions(f"{self.name}_{number}", [self._confirm(number)])

    def add_buttons(self, document: Document, number: int, where: str = "", *, ask: bool) -> None:
        """The whole is one click away, and, where they are to be `asked`, that they know of it."""
        whole = button("Read it all", self.show, str(number))
        buttons = [whole, self._confirm(number)] if ask else [whole]
        document.actions(f"{self.name}_{number}{where}", buttons)

    def _confirm(self, number: int) -> ButtonElement:
        return button(self.says, self.confirm, str(number), style="primary")


SCOPE = Matter(
    "scope",
    "I've read it",
    Click.SCOPE_SHOW,
    Click.SCOPE_CONFIRM,
    "Read by",
    "Still to read",
    "Everybody has read it",
    "✓ You have read it.",
)
END = Matter(
    "end",
    "I know",
    Click.END_SHOW,
    Click.END_CONFIRM,
    "Confirmed by",
    "Still to confirm",
    "Everybody knows",
    "✓ You have confirmed it.",
)
