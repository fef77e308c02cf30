"""The bot's answers to a command or a click: through the ack, or through a `response_url`."""

from typing import Any

from bot.playground import shapes
from bot.playground.api.content import Content, checked_content, stored
from bot.playground.api.method import parsed
from bot.playground.errors import SlackError
from bot.playground.playground import Playground
from bot.playground.response_urls import ResponseUrl

JSON = dict[str, Any]


class Answer(Content):
    """What may stand in an answer; ephemeral unless it says otherwise."""

    response_type: str = "ephemeral"
    replace_original: bool = False
    delete_original: bool = False
    thread_ts: str = ""


def give(pg: Playground, to: ResponseUrl, given: JSON) -> None:
    """Say what the bot answered, where the command or the click was.

    Raises:
        SlackError: no_text, invalid_blocks …, or `invalid_payload` where nothing can be replaced.
    """
    answer = parsed(Answer, given)
    original = _original(pg, to)
    if answer.delete_original or answer.replace_original:
        if original is None or (answer.replace_original and answer.thread_ts):
            raise SlackError("invalid_payload")
        if answer.delete_original:
            _delete(pg, to, original)
            return
    checked_content(answer)
    fields = shapes.bot_fields(pg.workspace) | stored(answer)
    if answer.replace_original and original:
        _replace(pg, to, original, fields)
        return
    if answer.thread_ts:
        fields["thread_ts"] = answer.thread_ts
    if answer.response_type == "in_channel":
        pg.events.message(pg.messages.post(to.channel, fields))
    else:
        pg.messages.whisper(to.person, to.channel, fields)


def _original(pg: Playground, to: ResponseUrl) -> JSON | None:
    if to.ts is None:
        return None
    whispered = pg.messages.whispered(to.person, to.channel, to.ts)
    return whispered or pg.messages.get(to.channel, to.ts)


def _delete(pg: Playground, to: ResponseUrl, original: JSON) -> None:
    if original.get("ephemeral"):
        pg.messages.change_whisper(to.person, original, None)
    else:
        pg.messages.delete(original)


def _replace(pg: Playground, to: ResponseUrl, original: JSON, fields: JSON) -> None:
    # An ephemeral message stays one, whatever response_type says (contract §3).
    if original.get("ephemeral"):
        pg.messages.change_whisper(to.person, original, fields)
        return
    fields["edited"] = {"user": pg.workspace.app.bot_user_id, "ts": pg.messages.next_ts()}
    pg.messages.change(original, fields, without=("blocks", "attachments"))
