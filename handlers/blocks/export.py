"""`/lab export`: what there is to take away, and the words beside the file."""

from typing import Any

from handlers.blocks.document import Bold, Document, Rendered, button
from handlers.blocks.forms import modal
from handlers.blocks.lab import note
from handlers.ids import Click, Form
from models.domain.exported import Exported

TITLE = "Export"
WORDS = {
    Exported.OWN: "Here is what you wrote, one text a line.",
    Exported.WHOLE: "Here is the whole record: every experiment with its numbers.",
}
TITLES = {Exported.OWN: "What I wrote", Exported.WHOLE: "The whole record"}
NOTHING = {
    Exported.OWN: "You have written nothing here so far: there is no file to send.",
    Exported.WHOLE: "There is no experiment so far: there is no file to send.",
}


def choice(*, admin: bool) -> dict[str, Any]:
    """One's own words for everybody, the whole record for an `admin`."""
    document = Document().paragraph(
        Bold("What you wrote"),
        "\nYour answers, plans, notes, reasons, hypotheses and learnings, one text a line (JSON Lines).",
    )
    document.actions("export_own", [button("Send me what I wrote", Click.EXPORT_OWN)])
    if admin:
        document.paragraph(
            Bold("The whole record"),
            "\nEvery experiment with its numbers, as “labmate import” takes it back.",
        )
        formats = [button("CSV", Click.EXPORT_CSV), button("JSON Lines", Click.EXPORT_JSONL)]
        document.actions("export_whole", formats)
    document.context("The file comes as a message from me; only you see it.")
    return modal(TITLE, document.blocks(), callback_id=Form.NOTE, close="Close")


def on_its_way() -> dict[str, Any]:
    """Instead of the choice, when something was chosen."""
    return note(TITLE, ["The file is on its way: it comes as a message from me."])


def beside(what: Exported) -> Rendered:
    """The words beside the file."""
    return Document().paragraph(WORDS[what]).rendered()


def nothing(what: Exported) -> Rendered:
    """Instead of a file that would be empty."""
    return Document().paragraph(NOTHING[what]).rendered()
