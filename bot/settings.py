"""Settings from the environment and `.env`; what is missing or contradictory ends the program at once."""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """A setting is missing or contradicts another one; the message is one sentence that names it."""


def default_database() -> str:
    """A SQLite file in the user's data folder."""
    return f"sqlite:///{user_data_path('labmate', ensure_exists=True) / 'labmate.db'}"


class Settings(BaseSettings):
    """Everything that may be set; `.env.example` lists it."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    database_url: str = Field(default_factory=default_database)
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    port: int = Field(default=3000, ge=0, le=65535)
    labmate_clock_url: str = ""
    labmate_command: str = Field(default="/lab", pattern=r"^/[a-z0-9_-]{1,31}$")
    labmate_log: Literal["text", "json"] = "text"

    @model_validator(mode="after")
    def _clock_is_for_play(self) -> Self:
        if self.labmate_clock_url and not _is_loopback(self.slack_api_url):
            raise ValueError(
                "LABMATE_CLOCK_URL is for the playground: SLACK_API_URL must be on this machine too."
            )
        return self

    @field_validator("database_url")
    @classmethod
    def _of_a_kind_we_know(cls, url: str) -> str:
        if not re.match(r"sqlite:///(?!:memory:).|postgresql://.", url):
            raise ValueError(
                "DATABASE_URL can't be used: it begins with sqlite:/// (a file) or postgresql://."
            )
        return url

    @property
    def socket_mode(self) -> bool:
        """Socket Mode when there is an app token, signed HTTP otherwise."""
        return bool(self.slack_app_token)

    def require_slack(self) -> None:
        """Raise unless there is enough to speak with Slack.

        Raises:
            SettingsError: with the setting that is missing or wrong.
        """
        if not self.slack_bot_token:
            raise SettingsError(
                "SLACK_BOT_TOKEN is not set: Slack gives it when the app is installed."
            )
        if not self.slack_bot_token.startswith("xoxb-"):
            raise SettingsError("SLACK_BOT_TOKEN is not a bot token: those begin with xoxb-.")
        if self.slack_app_token and not self.slack_app_token.startswith("xapp-"):
            raise SettingsError(
                "SLACK_APP_TOKEN is not an app-level token: those begin with xapp-."
            )
        if not (self.slack_app_token or self.slack_signing_secret):
            raise SettingsError(
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: one is needed."
            )

    def require_http(self) -> None:
        """Raise unless signed HTTP can be served: `labmate web` does nothing else.

        Raises:
            SettingsError: with the setting that is missing.
        """
        self.require_slack()
        if not self.slack_signing_secret:
            raise SettingsError(
                "SLACK_SIGNING_SECRET is not set: without it no request can be trusted."
            )

    def require_postgresql(self, who: str) -> None:
        """Raise when several processes would share a SQLite file.

        Raises:
            SettingsError: DATABASE_URL is SQLite.
        """
        if not self.database_url.startswith("postgresql"):
            raise SettingsError(
                f"DATABASE_URL must be PostgreSQL for {who}: with SQLite use `labmate run`, one process."
            )

    def require_folder(self) -> None:
        """Raise unless the folder of a SQLite file is there: SQLite makes the file, not the folder.

        Raises:
            SettingsError: it isn't.
        """
        folder = Path(self.database_url.removeprefix("sqlite:///")).parent
        if self.database_url.startswith("sqlite") and not folder.is_dir():
            raise SettingsError(
                f"DATABASE_URL names a file in {folder}, and there is no such folder."
            )


def _is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def load(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this environment.

    Raises:
        SettingsError: one sentence that names the setting.
    """
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        problem = error.errors()[0]
        if problem["type"] == "value_error":
            raise SettingsError(str(problem["ctx"]["error"])) from error
        name = str(problem["loc"][0]).upper()
        raise SettingsError(f"{name} can't be used: {problem['msg'].lower()}.") from error
