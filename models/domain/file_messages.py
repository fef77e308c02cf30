"""Messages that are a file, or have files in their thread: an export, a picture, a digest with pictures."""

from typing import Literal

from models.domain.addressed import InChannel, ToPerson
from models.domain.charts_asked import Picture
from models.domain.exported import Exported, Format


class Export(ToPerson):
    """A file for one person: what they wrote, or the whole record. `asked`: the modal of the order."""

    kind: Literal["export"] = "export"
    member_id: int
    what: Exported
    form: Format
    asked: str

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"export:{self.member_id}:{self.what}:{self.form}:{self.asked}"


class ChartAsked(ToPerson):
    """A picture for one person, drawn when it is sent. `asked`: the click."""

    kind: Literal["chart_asked"] = "chart_asked"
    member_id: int
    what: Picture
    project_id: int | None
    asked: str

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"chart:{self.member_id}:{self.what}:{self.project_id or 0}:{self.asked}"


class ProgressDigest(InChannel):
    """The team's week beside the four weeks before, in the channel."""

    kind: Literal["progress_digest"] = "progress_digest"
    digest_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"progress:{self.digest_id}"


class ProgressCharts(InChannel):
    """A progress digest's pictures, in its thread."""

    kind: Literal["progress_charts"] = "progress_charts"
    digest_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"progress_charts:{self.digest_id}"

    @property
    def thread_subject(self) -> str:
        """The message in whose thread this one is posted."""
        return ProgressDigest(digest_id=self.digest_id).subject
