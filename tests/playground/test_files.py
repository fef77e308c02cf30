"""Files: announced, uploaded, shared; each refusal on the way, in raw HTTP."""

import json
from typing import Any

import aiohttp
import pytest

from tests.playground.conftest import AS_BOT, JSON, Slack, Start, manifest

WORDS = b"what,when\r\n\xc3\xbcber,today\r\n"


@pytest.fixture
async def filing(start_slack: Start) -> Slack:
    """A bot that may write files."""
    scopes = ["files:write", "chat:write", "im:write", "im:history"]
    return await start_slack(app=manifest(scopes=scopes))


async def announced(slack: Slack, **args: Any) -> JSON:
    return await slack.api(
        "files.getUploadURLExternal", **({"filename": "log.csv", "length": len(WORDS)} | args)
    )


async def sent(slack: Slack, url: str, content: bytes = WORDS, **how: Any) -> tuple[int, str]:
    async with slack.http.post(url, **(how or {"data": content})) as response:
        return response.status, await response.text()


async def uploaded(slack: Slack) -> str:
    begun = await announced(slack)
    assert (await sent(slack, begun["upload_url"]))[0] == 200
    return str(begun["file_id"])


async def shared(slack: Slack, ident: str, channel: str = "C0TEAM", **args: Any) -> JSON:
    files = [{"id": ident, "title": "The log"}]
    return await slack.api("files.completeUploadExternal", files=files, channel_id=channel, **args)


async def saved(slack: Slack, ident: str, as_: str) -> tuple[int, bytes]:
    url = f"{slack.url}/control/file"
    async with slack.http.get(url, params={"as": as_, "id": ident}) as response:
        return response.status, await response.read()


async def test_a_file_comes_into_the_dm_and_only_its_person_can_save_it(filing: Slack) -> None:
    dm = (await filing.api("conversations.open", users="U0ANA"))["channel"]["id"]
    ident = await uploaded(filing)
    answer = await shared(filing, ident, dm, initial_comment="Here it is")
    assert [(one["id"], one["title"], one["size"]) for one in answer["files"]] == [
        (ident, "The log", len(WORDS))
    ]
    (message,) = await filing.said(dm)
    assert message["text"] == "Here it is"
    assert [(one["name"], one["filetype"]) for one in message["files"]] == [("log.csv", "csv")]
    assert await saved(filing, ident, "U0ANA") == (200, WORDS)
    assert (await saved(filing, ident, "U0BEN"))[0] == 404
    history = await filing.api("conversations.history", channel=dm)
    assert [one["name"] for one in history["messages"][0]["files"]] == ["log.csv"]
    names = [one["name"] for one in (await filing.see("log"))["entries"]]
    assert "upload" in names


async def test_a_form_is_taken_too_and_arguments_may_be_a_form(filing: Slack) -> None:
    fields = {"filename": "log.csv", "length": str(len(WORDS))}
    _, _, begun = await filing.raw("files.getUploadURLExternal", AS_BOT, data=fields)
    form = aiohttp.FormData()
    form.add_field("filename", WORDS, filename="log.csv")
    assert (await sent(filing, begun["upload_url"], data=form))[0] == 200
    done = {"files": json.dumps([{"id": begun["file_id"]}]), "channel_id": "C0TEAM"}
    _, _, answer = await filing.raw("files.completeUploadExternal", AS_BOT, data=done)
    assert answer["files"][0]["title"] == "log.csv"
    assert await saved(filing, begun["file_id"], "U0BEN") == (200, WORDS)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"length": 0}, "missing_argument"),
        ({"length": None}, "invalid_arguments"),
        ({"filename": None}, "invalid_arguments"),
        ({"filename": ""}, "invalid_arguments"),
        ({"length": "many"}, "invalid_arguments"),
        ({"length": 1024**3 + 1}, "file_upload_size_restricted"),
        ({"alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"snippet_type": "python", "length": 1024**2 + 1}, "snippet_too_large"),
    ],
)
async def test_what_cannot_be_announced(filing: Slack, args: JSON, error: str) -> None:
    assert (await announced(filing, **args))["error"] == error


async def test_the_scope_is_needed(slack: Slack) -> None:
    for answer in (await announced(slack), await shared(slack, "F1")):
        assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")


@pytest.mark.parametrize("content", [b"", WORDS[:-1], WORDS + b"x"])
async def test_another_length_than_announced_is_refused(filing: Slack, content: bytes) -> None:
    begun = await announced(filing)
    assert (await sent(filing, begun["upload_url"], content))[0] == 400
    assert (await shared(filing, begun["file_id"]))["error"] == "file_not_found"
    assert (await sent(filing, begun["upload_url"]))[0] == 200, "it may be tried again"


async def test_an_upload_url_is_nobodys_or_good_once(filing: Slack) -> None:
    assert (await sent(filing, f"{filing.url}/upload/v1/nobodys"))[0] == 404
    begun = await announced(filing)
    assert await sent(filing, begun["upload_url"]) == (200, f"OK - {len(WORDS)}")
    assert await sent(filing, begun["upload_url"]) == (404, "used_url")


async def test_only_what_was_uploaded_is_completed_and_once(filing: Slack) -> None:
    begun = await announced(filing)
    assert (await shared(filing, begun["file_id"]))["error"] == "file_not_found"
    assert (await shared(filing, "F0ANOTHERAPPS"))["error"] == "file_not_found"
    ident = await uploaded(filing)
    assert (await shared(filing, ident))["ok"] is True
    assert (await shared(filing, ident))["error"] == "file_not_found"
    assert len(await filing.said("C0TEAM")) == 1


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0HIDE", "channel_not_found"),
        ("C0OPEN", "not_in_channel"),
        ("C0OLD", "posting_to_channel_denied"),
        ("U0ANA", "invalid_channel"),
    ],
)
async def test_where_a_file_may_not_go(filing: Slack, channel: str, error: str) -> None:
    ident = await uploaded(filing)
    assert (await shared(filing, ident, channel))["error"] == error
    assert (await shared(filing, ident))["ok"] is True, "nothing was used up"


async def test_a_deactivated_person_gets_none(filing: Slack) -> None:
    dm = (await filing.api("conversations.open", users="U0ANA"))["channel"]["id"]
    await filing.do("people", id="U0ANA", deleted=True)
    answer = await shared(filing, await uploaded(filing), dm)
    assert answer["error"] == "posting_to_channel_denied"


async def test_several_channels_people_among_them(filing: Slack) -> None:
    ident = await uploaded(filing)
    answer = await shared(filing, ident, "", channels="C0TEAM,U0ANA")
    assert answer["ok"] is True
    assert len(await filing.said("C0TEAM")) == len(await filing.said("D0ANA")) == 1
    many = ",".join(["C0TEAM"] * 101)
    answer = await shared(filing, await uploaded(filing), "", channels=many)
    assert answer["error"] == "channels_limit_exceeded"


async def test_without_a_channel_nobody_sees_it(filing: Slack) -> None:
    ident = await uploaded(filing)
    assert (await shared(filing, ident, ""))["ok"] is True
    assert (await saved(filing, ident, "U0ANA"))[0] == 404


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"files": []}, "invalid_arguments"),
        ({"files": "["}, "invalid_arguments"),
        ({"files": ["F1"]}, "invalid_arguments"),
        ({"files": [{"title": "no id"}]}, "file_not_found"),
    ],
)
async def test_files_of_the_wrong_shape(filing: Slack, args: JSON, error: str) -> None:
    answer = await filing.api("files.completeUploadExternal", channel_id="C0TEAM", **args)
    assert answer["error"] == error


async def test_words_beside_the_file(filing: Slack) -> None:
    block = {"type": "section", "text": {"type": "plain_text", "text": "In a block"}}
    wrong = await shared(filing, await uploaded(filing), blocks=[{"type": "section"}])
    assert wrong["error"] == "invalid_blocks"
    await shared(filing, await uploaded(filing), blocks=[block])
    await shared(filing, await uploaded(filing), blocks=[block], initial_comment="A comment")
    root, second = await filing.said("C0TEAM")
    assert root["blocks"][0]["text"]["text"] == "In a block"
    assert "blocks" not in second, "Slack ignores blocks beside a comment"
    reply = await shared(filing, await uploaded(filing), thread_ts=root["ts"])
    assert reply["ok"] is True
    wrong = await shared(filing, await uploaded(filing), thread_ts="1.0")
    assert wrong["error"] == "invalid_arguments"


async def test_an_upload_can_go_wrong_on_purpose(filing: Slack) -> None:
    begun = await announced(filing)
    await filing.do("faults", method="upload", status=503)
    assert (await sent(filing, begun["upload_url"]))[0] == 503
    assert (await sent(filing, begun["upload_url"]))[0] == 200


async def test_the_old_upload_is_gone(filing: Slack) -> None:
    assert (await filing.api("files.upload"))["error"] == "unknown_method"
