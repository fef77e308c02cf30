"""${message}."""
<%
    lines = [line for line in (upgrades or "pass").splitlines() if "# ###" not in line]
    body = "\n".join(lines).strip()
%>
import sqlalchemy as sa
from alembic import op
${imports or ""}

revision = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}


def upgrade() -> None:  # noqa: PLR0915  (as long as what it makes)
    """Apply this revision, on SQLite and PostgreSQL alike."""
    ${body}
