"""What a person is told when something went wrong, on the surface that they look at."""

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from json import dumps
from typing import Any

import structlog
from slack_bolt import BoltResponse

from handlers.blocks.lab import in_modal, no_project, note
from handlers.deps import Deps, ask_of
from handlers.forms import InvalidForm
from handlers.screens import Screens
from handlers.whisper import whisper
from models.domain.errors import BotError, NoProject

log = structlog.get_logger(__name__)

COMMAND = "/lab"


def sentence_for(error: BaseException, command: str) -> str:
    """The sentence for the person; what isn't a BotError is logged under the reference that it shows.

    Rules know the command as `/lab`: the person reads the name that it has in their workspace.
    """
    if isinstance(error, BotError):
        log.info("refused", error=type(error).__name__, sentence=error.sentence)
        return error.sentence.replace(COMMAND, command)
    reference = secrets.token_hex(4)
    log.error("unexpected error", reference=reference, exc_info=error)
    return (
        "Something went wrong on Labmate's side, and nothing was changed. "
        f"Please try again in a moment; if it stays, tell your admin this reference: {reference}."
    )


def answers(deps: Deps) -> Callable[..., Awaitable[BoltResponse]]:
    """The one app.error: the form stays with its words, the command or the click is told why."""

    async def answer(error: Exception, body: dict[str, Any]) -> BoltResponse:
        response = _in_answer(error, body, deps.command)
        if response is not None:
            return response
        if body.get("view"):
            # Views have no response_url: what went wrong is said in a modal of its own.
            await Screens(deps.interactive).open(ask_of(body, deps), sorry(error, deps.command))
        else:
            await whisper(body.get("response_url"), sentence_for(error, deps.command))
        return BoltResponse(status=HTTPStatus.OK, body="")

    return answer


def sorry(error: BaseException, command: str) -> dict[str, Any]:
    """A modal that says what went wrong; where there is no project yet, it leads to the first."""
    said = sentence_for(error, command)
    if isinstance(error, NoProject):
        return in_modal("No project yet", no_project(said))
    return note("That did not work", [said])


def _in_answer(error: Exception, body: dict[str, Any], command: str) -> BoltResponse | None:
    """What goes back with the ack; None for a click, which is answered beside it."""
    if body.get("type") == "view_submission":
        fields = error.fields if isinstance(error, InvalidForm) else None
        first = _first_input(body)
        if first is None:
            # Nothing to stand beside: it is said above the view, which stays with what it carries.
            return _json({"response_action": "push", "view": sorry(error, command)})
        return _json(
            {
                "response_action": "errors",
                "errors": fields or {first: sentence_for(error, command)},
            }
        )
    if body.get("command"):
        said = sentence_for(error, command)
        blocks = {"blocks": no_project(said).blocks} if isinstance(error, NoProject) else {}
        return _json({"response_type": "ephemeral", "text": said, **blocks})
    if body.get("event_id"):
        # Slack brings an event again that isn't acknowledged; the next time may go better.
        sentence_for(error, command)
        return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR, body="")
    return None


def _first_input(body: dict[str, Any]) -> str | None:
    blocks = body["view"]["blocks"]
    return next((block["block_id"] for block in blocks if block["type"] == "input"), None)


def _json(payload: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=HTTPStatus.OK, body=dumps(payload), headers={"content-type": "application/json"}
    )
