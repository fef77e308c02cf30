"""Whatever people write, at 3,000 characters in any script: forms that follow a finding, and their lists."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from handlers.blocks import course_forms, digest_forms, gaps, lab, metric_forms
from models.domain.course_facts import CourseFacts
from models.domain.digest import DigestKind
from models.domain.facts_metrics import BenchmarkFacts
from models.domain.gaps import Dates
from models.domain.gaps import gaps as lacking
from models.domain.metric import MetricKind
from models.domain.project import Stage
from models.domain.project_facts import GapsFacts
from models.domain.stages import Record
from tests.handlers.facts import FRAUD, project
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled

DAY = date(2026, 10, 5)
COURSE = CourseFacts(1, "FRAUD-1", "x", 3, 8, None, FRAUD, "x", extended=False)
MARK = BenchmarkFacts(1, 1, DAY, 0.41, "x", 0.6, None, "x", {}, beyond=False)


@modest
@given(many)
def test_what_a_finding_offers_fits(words: list[str]) -> None:
    said = endless(words)
    course = spoiled(COURSE, said)
    showable(course_forms.number_form(course, "1"))
    showable(course_forms.extend_form(course, "1"))
    showable(course_forms.extended_before(course, "1"))
    showable(course_forms.escalate_form(next(said), "1"))
    showable(digest_forms.snooze_form(next(said), next(said)[:300], DAY, "1"))


@modest
@given(many)
def test_five_hundred_projects_to_choose_from_fit(words: list[str]) -> None:
    said = endless(words)
    projects = tuple(spoiled(project(project_id=n), said) for n in range(500))
    for kind in DigestKind:
        showable(digest_forms.schedule_form(None, projects, "C1", kind))


@modest
@given(many)
def test_what_a_project_lacks_fits(words: list[str]) -> None:
    said = endless(words)
    for stage in Stage:
        missing = lacking(stage, Record(), Dates(), DAY)
        facts = GapsFacts(1, "FRAUD", next(said), stage, missing)
        sendable(gaps.of_one(facts))
    sendable(gaps.of_one(replace(facts, gaps=())))
    sendable(lab.no_project(next(said)[:300]))
    for mark in (None, spoiled(MARK, said)):
        form = metric_forms.version_form(
            next(said), "share", MetricKind.PRIMARY, mark, today=DAY, metadata="1|1"
        )
        showable(form)
