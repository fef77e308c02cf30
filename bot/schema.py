"""The database before anything is done with it: reached, and at this version's schema."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError
from models.db import Database
from models.migrations import SchemaTooNew, current, revisions, upgrade


async def migrate(settings: Settings) -> bool:
    """Bring the database to the newest schema; False when it was there already.

    Raises:
        SettingsError: the database can't be reached, or a newer version has been at it.
    """
    settings.require_folder()
    try:
        with reaching():
            return await upgrade(settings.database_url)
    except SchemaTooNew as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error


async def schema(settings: Settings) -> None:
    """SQLite is migrated by whoever starts; on PostgreSQL that is `labmate migrate`'s, once a release.

    Raises:
        SettingsError: the database can't be reached, or is not at this version's schema.
    """
    if not settings.database_url.startswith("postgresql"):
        await migrate(settings)
        return
    db = Database(settings.database_url)
    try:
        with reaching():
            at = await current(db)
    finally:
        await db.close()
    if at != revisions()[-1]:
        raise SettingsError(
            "The database is not at this version's schema: run `labmate migrate` first."
        )


@contextmanager
def reaching() -> Iterator[None]:
    """What a database says that can't be opened, as a sentence about the setting."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        said = " ".join(str(reason).split()).rpartition(">: ")[2] or type(reason).__name__
        raise SettingsError(f"DATABASE_URL can't be reached: {said.rstrip('.')}.") from error
