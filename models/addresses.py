"""Where the workspace is found in a browser: a property of the session, for links to what stands in Slack."""

from sqlalchemy.ext.asyncio import AsyncSession

ADDRESS = "address"


def known_as(session: AsyncSession, url: str) -> None:
    """From now on links lead to this address, as Slack says it: “https://acme.slack.com/”."""
    session.info[ADDRESS] = url


def address(session: AsyncSession) -> str:
    """The address; empty where nobody has said it."""
    url: str = session.info.get(ADDRESS, "")
    return url
