"""Charts in words, the pages of worth and of rank: true, and fit for Slack whatever people write."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import charts, rank, value, value_forms
from handlers.blocks.money import money
from models.domain.charts import Bet, OutcomesChart, PortfolioChart, Week
from models.domain.experiment import Outcome
from models.domain.metric import Goal
from models.domain.portfolio import Portfolio, Ranked, Unhedged
from models.domain.progress import Counted
from models.domain.score import Axis
from models.domain.scoring import Given, Scored, together
from models.domain.value import Confusion, Money, PerPoint
from models.domain.worth import Worth, gains_of, whole
from tests.drawn import chart_of
from tests.handlers.test_any_text import sendable, showable, texts

FRAUD = chart_of("fraud", "recall_at_p90", "share")
CASHFLOW = chart_of("cashflow", "wape_30d", "%")
CASES = Confusion(
    currency="EUR",
    cases_per_month=1_000,
    positive_rate=0.1,
    fixed_precision=0.9,
    tp=(100, 140),
    fp=(-10, -6),
    running_cost=(1, 2),
)
DAY = date(2026, 10, 5)
WORTH = Worth(
    1,
    "FRAUD",
    "x",
    may_change=True,
    metric_id=2,
    metric_name="x",
    unit="share",
    goal=Goal.MAX,
    baseline=0.4,
    best=0.6,
    unconfirmed=True,
    acceptance=0.7,
    model=CASES,
    now=Money(1, 2),
    needed=Money(2, 3),
    whole=whole(CASES, 0.6),
    gains=gains_of([Counted(DAY, 0.5, n) for n in range(1, 12)], DAY, effort=None),
    barely=True,
)
AXES = together(
    [Given(axis, n, "") for axis in (Axis.BENEFIT_UX, Axis.COMPLEXITY) for n in (5, 10)]
)
ROW = Ranked(1, "FRAUD", "x", Scored(8, 9), AXES, confidence=2, effort=2.5, active=False)


def test_the_line_stands_wherever_the_picture_would() -> None:
    assert charts.line(FRAUD) == "41 ▁▂▄▄▄▅▅▅▅▆██ 65.5 of 100 | needed 60 of 100"
    assert charts.line(CASHFLOW) == "21% ▁▆▇▇███ 19.8% | needed 14%"
    early = chart_of("fraud", "recall_at_p90", "share", date(2026, 8, 25))
    assert charts.line(early) == "41 of 100 today, nothing better yet | needed 60 of 100"


def test_an_alternative_text_says_what_the_picture_says() -> None:
    said = charts.alt(FRAUD)
    for part in (
        "Card fraud alerts: best so far. A step line from 24 Aug 2026 to 13 Nov 2026. Higher is better",
        "Baseline 41 of 100, best 65.5 of 100. Needed 60 of 100. Stop mark 50 of 100 by 18 Dec",
        "64.8 of 100 on 5 Nov is a confirmed leap",
        "Flat from",
        "1 dropped or set aside",
    ):
        assert part in said, said
    assert "Version 2 of the benchmark begins on 6 Oct" in charts.alt(CASHFLOW)
    assert "Lower is better" in charts.alt(CASHFLOW)
    leaked = chart_of("fraud", "recall_at_p90", "share", date(2026, 9, 30))
    assert charts.line(leaked).endswith("█ 71.2 of 100 (to be confirmed) | needed 60 of 100")
    assert "best 71.2 of 100 (to be confirmed). Needed" in charts.alt(leaked)
    assert "71.2 of 100 on 30 Sep is a leap that is still to be confirmed" in charts.alt(leaked)
    weeks = OutcomesChart(
        weeks=(
            Week(monday=date(2026, 11, 2), outcomes={Outcome.REFUTED: 2, Outcome.SUPPORTED: 1}),
            Week(monday=date(2026, 11, 9), outcomes={}),
        )
    )
    assert charts.alt(weeks).endswith(
        "Week of 2 Nov: 1 held and 2 ruled out. Week of 9 Nov: nothing concluded."
    )
    bets = PortfolioChart(bets=(Bet(name="Churn", benefit=6.5, complexity=4, effort=1),))
    assert charts.alt(bets) == "Where to put the effort. Churn: benefit 6.5, complexity 4."
    assert "in words" in charts.instead([bets]).text.lower()
    assert "nothing was measured" in charts.instead([]).text


@given(texts, st.integers(1, 300))
def test_pictures_of_anything_can_be_sent(words: str, many: int) -> None:
    bets = PortfolioChart(
        bets=tuple(Bet(name=words, benefit=5, complexity=5, effort=None) for _ in range(many))
    )
    chart = FRAUD.model_copy(update={"name": words})
    for rendered in (charts.beside([chart, bets]), charts.instead([chart, bets])):
        sendable(rendered)
    assert len(charts.alt(bets)) <= charts.ALT


@given(texts)
def test_worth_and_rank_of_anything_can_be_shown(words: str) -> None:
    felt = CASES.model_copy(update={"impact": dict.fromkeys(("tp", "fp", "fn", "tn"), words)})
    said = replace(WORTH, name=words or "x", metric_name=words or "x", model=felt)
    showable(value.page(said))
    showable(value.page(replace(said, model=None)))
    showable(value_forms.cases_form(felt, "1"))
    row = replace(ROW, name=words)
    many = Portfolio(
        (row,) * 60, (words,) * 300, Unhedged.ONE_TAKES_MOST, words, 0.7, tuple(range(300))
    )
    showable(rank.page(many))


def test_rank_says_where_people_differ_and_asks_for_a_simpler_way() -> None:
    said = str(rank.page(Portfolio((ROW,), ("Routing",), Unhedged.NO_BET)))
    for part in ("on hold", "unlikely (2 of 10)", "from 5 to 10", "No project is being worked on"):
        assert part in said, part
    assert "Not scored yet: Routing" in said
    assert "No project is scored yet" in str(rank.page(Portfolio((), ())))
    new = str(rank.page(Portfolio((), ("Routing",), to_score=(7,))))
    assert "Routing: not scored yet" in new
    assert "Score it" in new
    assert "Not scored yet: " not in new


def test_a_currency_of_one_s_own_stays() -> None:
    mine = PerPoint(currency="XAU", per_point_per_month=(-3, 1))
    assert "'XAU'" in str(value_forms.points_form("%", mine, "1"))
    assert money((-3, 1), "XAU") == "−XAU 3 to 1"
    assert money((-3, -1), "EUR") == "−€3 to −€1".replace("−€1", "−1")
