"""Alembic on a connection that is open. Takes a second to import: see `models.migrations.upgrade`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configured(connection: Connection) -> Config:
    """What alembic.ini would say."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def migrate(connection: Connection, to: str = "head") -> None:
    """Apply what is missing (up to a revision), in the transaction that is open on the connection."""
    command.upgrade(configured(connection), to)
