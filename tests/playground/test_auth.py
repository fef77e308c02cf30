"""Who may call what: tokens, scopes, methods, and the shape of a call."""

import pytest

from tests.playground.conftest import AS_APP, AS_BOT, Slack, Start, manifest


async def test_a_token_is_needed(slack: Slack) -> None:
    assert (await slack.raw("auth.test", {}))[2] == {"ok": False, "error": "not_authed"}


async def test_an_unknown_token_is_refused(slack: Slack) -> None:
    headers = {"Authorization": "Bearer xoxb-other"}
    assert (await slack.raw("auth.test", headers))[2]["error"] == "invalid_auth"


async def test_each_method_wants_its_own_kind_of_token(slack: Slack) -> None:
    refused = (await slack.raw("chat.postMessage", AS_APP))[2]
    assert refused["error"] == "not_allowed_token_type"
    refused = (await slack.raw("apps.connections.open", AS_BOT))[2]
    assert refused["error"] == "not_allowed_token_type"


async def test_a_revoked_token_is_refused(slack: Slack) -> None:
    await slack.do("revoke")
    assert (await slack.api("auth.test"))["error"] == "token_revoked"


@pytest.mark.parametrize("method", ["chat.flyMessage", "search.messages", "conversations.create"])
async def test_an_unknown_method_is_refused_and_logged(slack: Slack, method: str) -> None:
    answer = await slack.api(method)
    assert answer == {"ok": False, "error": "unknown_method", "req_method": method}
    entry = (await slack.see("log"))["entries"][-1]
    assert (entry["direction"], entry["name"]) == ("from_bot", method)
    assert (entry["ok"], entry["error"]) == (False, "unknown_method")


async def test_a_missing_scope_names_what_is_needed_and_provided(start_slack: Start) -> None:
    slack = await start_slack(app=manifest(scopes=["users:read", "commands"]))
    answer = await slack.api("chat.postMessage", channel="C0TEAM", text="x")
    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "commands,users:read",
    }


async def test_the_scope_must_fit_the_kind_of_conversation(slack: Slack) -> None:
    # The manifest has channels:history and im:history, but no groups:history.
    answer = await slack.api("conversations.history", channel="C0PRIV")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")
    answer = await slack.api("conversations.list", types="public_channel,mpim")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:read")


async def test_granted_scopes_are_in_a_header(slack: Slack) -> None:
    _, headers, answer = await slack.raw("auth.test", AS_BOT)
    assert answer["user_id"] == "U0BOT"
    assert "chat:write" in headers["x-oauth-scopes"].split(",")


async def test_arguments_come_as_form_json_or_query(slack: Slack) -> None:
    form = {"token": "xoxb-test", "user": "U0ANA"}
    assert (await slack.raw("users.info", {}, data=form))[2]["user"]["name"] == "ana"
    assert (await slack.api("users.info", user="U0ANA"))["user"]["name"] == "ana"
    found = (await slack.raw("users.info", AS_BOT, params={"user": "U0ANA"}))[2]
    assert found["user"]["name"] == "ana"


async def test_a_token_in_a_json_body_is_not_seen(slack: Slack) -> None:
    answer = (await slack.raw("auth.test", {}, json={"token": "xoxb-test"}))[2]
    assert answer["error"] == "not_authed"


async def test_bodies_that_are_no_arguments(slack: Slack) -> None:
    json_type = AS_BOT | {"Content-Type": "application/json"}
    assert (await slack.raw("auth.test", json_type, data="{"))[2]["error"] == "invalid_json"
    assert (await slack.raw("auth.test", json_type, data="[]"))[2]["error"] == "json_not_object"
    text_type = AS_BOT | {"Content-Type": "text/plain"}
    assert (await slack.raw("auth.test", text_type, data="x"))[2]["error"] == "invalid_post_type"


async def test_required_arguments_are_named(slack: Slack) -> None:
    answer = await slack.api("chat.postMessage", text="x")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_arguments_of_the_wrong_kind_are_named(slack: Slack) -> None:
    answer = await slack.api("conversations.history", channel="C0TEAM", limit="many")
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/limit]" in answer["response_metadata"]["messages"][0]


async def test_api_test_needs_no_token(slack: Slack) -> None:
    assert (await slack.raw("api.test", {}))[2]["ok"] is True
    assert (await slack.raw("api.test", {}, data={"error": "my_error"}))[2]["error"] == "my_error"


async def test_a_socket_ticket_opens_one_connection(slack: Slack) -> None:
    opened = (await slack.raw("apps.connections.open", AS_APP))[2]
    async with slack.http.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["debug_info"]["approximate_connection_time"] == 3600
        async with slack.http.get(opened["url"].replace("ws", "http", 1)) as again:
            assert again.status == 404
