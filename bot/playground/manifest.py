"""What the app's manifest switches on; everything else in it is not the playground's business."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Command(_Part):
    """A slash command."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


class Shortcut(_Part):
    """A global or message shortcut."""

    name: str
    type: Literal["global", "message"]
    callback_id: str
    description: str = ""


class _Home(_Part):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = True


class _Features(_Part):
    app_home: _Home = _Home()
    slash_commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()


class _Scopes(_Part):
    bot: frozenset[str] = frozenset()


class _OAuth(_Part):
    scopes: _Scopes = _Scopes()


class _Switch(_Part):
    is_enabled: bool = False


class _Events(_Part):
    bot_events: frozenset[str] = frozenset()


class _Settings(_Part):
    interactivity: _Switch = _Switch()
    event_subscriptions: _Events = _Events()


class _File(_Part):
    features: _Features = _Features()
    oauth_config: _OAuth = _OAuth()
    settings: _Settings = Field(default_factory=_Settings)


@dataclass(frozen=True)
class Manifest:
    """The manifest, flat."""

    scopes: frozenset[str]
    events: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    interactive: bool
    home_tab: bool
    messages_tab: bool

    @classmethod
    def parse(cls, source: dict[str, Any]) -> "Manifest":
        """Read a manifest.

        Slash commands and shortcuts need the scope `commands`; without it there are none.

        Raises:
            pydantic.ValidationError: a part that is used has the wrong shape.
        """
        file = _File.model_validate(source)
        scopes = file.oauth_config.scopes.bot
        features = file.features if "commands" in scopes else _Features()
        return cls(
            scopes=scopes,
            events=file.settings.event_subscriptions.bot_events,
            commands=features.slash_commands,
            shortcuts=features.shortcuts,
            interactive=file.settings.interactivity.is_enabled,
            home_tab=file.features.app_home.home_tab_enabled,
            messages_tab=file.features.app_home.messages_tab_enabled,
        )
