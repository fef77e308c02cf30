"""files.*: the external upload. The old files.upload is gone, as it is at Slack."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.playground import shapes
from bot.playground.api.content import Content, checked_content, stored
from bot.playground.api.method import Args, Blocks, Listed, Method, decoder
from bot.playground.api.places import joined, writable
from bot.playground.errors import SlackError
from bot.playground.files import Upload
from bot.playground.playground import Playground

JSON = dict[str, Any]
MOST_BYTES = 1024**3
ALT_TEXT = 1_000
SNIPPET_BYTES = 1024**2
MOST_CHANNELS = 100

Files = Annotated[list[JSON], BeforeValidator(decoder("invalid_arguments", list))]


class _Announced(Args):
    filename: str = Field(min_length=1)
    length: int
    alt_txt: str = ""
    snippet_type: str = ""


async def get_upload_url(pg: Playground, args: _Announced) -> JSON:
    """Where the bytes go: exactly as many as are announced here."""
    if args.length <= 0:
        raise SlackError("missing_argument")
    if args.length > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    if args.snippet_type and args.length > SNIPPET_BYTES:
        raise SlackError("snippet_too_large")
    if len(args.alt_txt) > ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    upload, ticket = pg.files.announce(args.filename, args.length, args.alt_txt)
    return {"upload_url": f"{pg.url}/upload/v1/{ticket}", "file_id": upload.id}


class _Completed(Args):
    files: Files = Field(min_length=1)
    channel_id: str = ""
    channels: Listed = Field(default_factory=list)
    thread_ts: str = ""
    initial_comment: str = ""
    blocks: Blocks = None


async def complete_upload(pg: Playground, args: _Completed) -> JSON:
    """Share what was uploaded, in one message a channel; without a channel nobody sees it."""
    titles = [(_uploaded(pg, one), str(one.get("title") or "")) for one in args.files]
    places = _places(pg, args)
    fields = _words(args)
    if args.thread_ts:
        _check_thread(pg, places, args.thread_ts)
        fields["thread_ts"] = args.thread_ts
    shown = [pg.files.complete(upload, title, places) for upload, title in titles]
    for place in places:
        said = shapes.bot_fields(pg.workspace) | fields | {"files": shown, "upload": False}
        pg.events.message(pg.messages.post(place, said))
    return {"files": shown}


def _uploaded(pg: Playground, one: JSON) -> Upload:
    return pg.files.uploaded(str(one.get("id") or ""))


def _places(pg: Playground, args: _Completed) -> list[str]:
    """`channel_id` is a conversation's id; only `channels` takes people's ids too."""
    if args.channel_id in pg.workspace.people:
        raise SlackError("invalid_channel")
    if len(args.channels) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    named = [*([args.channel_id] if args.channel_id else []), *args.channels]
    places = [writable(pg, one) if one in pg.workspace.people else joined(pg, one) for one in named]
    for place in places:
        channel = pg.workspace.channels.get(place)
        person = pg.workspace.people.get(pg.workspace.dms.get(place, ""))
        if (channel and channel.archived) or (person and person.deleted):
            raise SlackError("posting_to_channel_denied")
    return list(dict.fromkeys(places))


def _words(args: _Completed) -> JSON:
    """The comment, or else the blocks: Slack ignores them beside a comment."""
    if args.initial_comment:
        return {"text": args.initial_comment}
    if not args.blocks:
        return {"text": ""}
    content = Content(blocks=args.blocks)
    checked_content(content)
    return stored(content)


def _check_thread(pg: Playground, places: list[str], thread_ts: str) -> None:
    if len(places) != 1 or pg.messages.get(places[0], thread_ts) is None:
        raise SlackError("invalid_arguments")


METHODS = {
    "files.getUploadURLExternal": Method(_Announced, get_upload_url, ("files:write",), 4),
    "files.completeUploadExternal": Method(_Completed, complete_upload, ("files:write",), 4),
}
