"""Two real research logs, as files and as they are imported (domain §7)."""

import csv
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.settings import Settings
from bot.transfer.bringing import Source, bring
from models.domain.metric import Goal
from models.landing import Target

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Log:
    """A log, how it is imported, and how its columns are called."""

    file: str
    key: str
    name: str
    day: str
    value: str
    metric: str
    baseline: float
    acceptance: float
    min_delta: float
    columns: tuple[str, ...]

    def rows(self) -> list[dict[str, str]]:
        """Its lines."""
        with (DATA / self.file).open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    def measured(self, today: date) -> list[tuple[date, float]]:
        """What it measured of the metric up to a day, in its order."""
        return [
            (date.fromisoformat(row[self.day]), float(row[self.value]))
            for row in self.rows()
            if row["metric"] == self.metric and row[self.value] and row[self.day] <= str(today)
        ]

    def concluded(self, after: date, today: date) -> tuple[int, int]:
        """How many it concluded after a day, and how many of them without the metric."""
        done = [row for row in self.rows() if str(after) < row[self.day] <= str(today)]
        without = [row for row in done if row["metric"] != self.metric or not row[self.value]]
        return len(done), len(without)

    def months(self) -> Iterator[date]:
        """The last day of every month of the log."""
        days = [date.fromisoformat(row[self.day]) for row in self.rows()]
        year, month = min(days).year, min(days).month
        while (year, month) <= (max(days).year, max(days).month):
            yield date(year, month, monthrange(year, month)[1])
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


NANO = Log(
    "nanochat_log.csv",
    "NANO",
    "Nanochat",
    "logged_on",
    "result",
    "hours_to_gpt2",
    168,
    2,
    0.05,
    ("key=id", "concluded_on=logged_on", "value=result", "link=source"),
)
SPEED = Log(
    "modded_nanogpt_track1.csv",
    "SPEED",
    "Speed run",
    "date",
    "value",
    "train_time_to_target_loss",
    45,
    1,
    0.02,
    ("key=seq", "concluded_on=date", "hypothesis=change"),
)


async def imported(
    url: str, log: Log, *, confirmed: bool = False, columns: tuple[str, ...] = ()
) -> None:
    """Import it into the database of this URL."""
    settings = Settings(_env_file=None, database_url=url)
    source = Source(str(DATA / log.file), None, (*log.columns, *columns), "", False)
    target = Target(
        log.key,
        log.name,
        log.metric,
        Goal.MIN,
        log.baseline,
        log.acceptance,
        log.min_delta,
        confirmed=confirmed,
    )
    await bring(settings, source, target)
