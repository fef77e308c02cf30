"""The world file: the workspace that the playground starts with."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """A part of the world file; an unknown key is a typing mistake."""

    model_config = ConfigDict(extra="forbid")


class Team(Strict):
    """The workspace itself."""

    id: str
    name: str
    domain: str


class App(Strict):
    """The bot as it is installed: its names and its secrets."""

    id: str
    name: str
    bot_user_id: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str


class DeliveryMode(Strict):
    """How payloads reach the bot: a WebSocket, or signed HTTP to `request_url`."""

    mode: Literal["socket", "http"] = "socket"
    request_url: str | None = None

    @model_validator(mode="after")
    def _http_needs_a_url(self) -> "DeliveryMode":
        if self.mode == "http" and not self.request_url:
            message = "delivery.mode http needs delivery.request_url"
            raise ValueError(message)
        return self


class ClockSeed(Strict):
    """The time to begin at; without `now` it is the machine's."""

    now: AwareDatetime | None = None
    paused: bool = False


class Person(Strict):
    """Somebody in the workspace; `updated` is in unix seconds of the playground's clock.

    `display` is what they like to be called: the handle, where they have not said so.
    """

    id: str
    handle: str
    name: str
    display: str = ""
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    admin: bool = False
    guest: bool = False
    deleted: bool = False
    stranger: bool = False
    updated: int = 0


class Channel(Strict):
    """A public or private channel; `created` is in unix seconds of the playground's clock."""

    id: str
    name: str
    topic: str = ""
    private: bool = False
    archived: bool = False
    members: list[str] = Field(default_factory=list)
    created: int = 0


class World(Strict):
    """The whole file."""

    team: Team
    app: App
    delivery: DeliveryMode = DeliveryMode()
    clock: ClockSeed = ClockSeed()
    rate_limits: bool = True
    people: list[Person]
    channels: list[Channel] = Field(default_factory=list)

    @model_validator(mode="after")
    def _members_exist(self) -> "World":
        known = {person.id for person in self.people} | {self.app.bot_user_id}
        for channel in self.channels:
            if strangers := set(channel.members) - known:
                message = f"channel {channel.id} has unknown members: {sorted(strangers)}"
                raise ValueError(message)
        return self
