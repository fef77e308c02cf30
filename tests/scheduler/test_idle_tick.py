"""A tick that finds nothing goes through indexes only, so that years of history cost it nothing."""

from typing import Any

from sqlalchemy import event

from models.db import Base, Database
from models.deliveries import take_back
from models.release import release
from scheduler.engine import EmbeddedEngine
from scheduler.jobs import release_due
from scheduler.steps import LOOKS, STEPS, ceremonies
from tests.clock import MORNING


async def test_no_step_of_an_idle_tick_goes_through_a_whole_table(sqlite: str) -> None:
    db = Database(sqlite)
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    for engine in (db.writer, db.reader):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    assert await ceremonies(db, MORNING) == 0
    await release_due(db, EmbeddedEngine(), MORNING)
    asked_for_nothing = [one for one, _ in asked if "SELECT" in one]
    assert len(asked_for_nothing) == 2, "one for all steps, one for the outbox"
    for _, step in STEPS:
        async with db.writing(None) as session:
            assert await step(session, MORNING) == 0
    for _, look in LOOKS:
        assert await look(db, MORNING) == 0
    async with db.writing(None) as session:
        await take_back(session, MORNING)
        await release(session, MORNING)
    for engine in (db.writer, db.reader):
        event.remove(engine.sync_engine, "before_cursor_execute", note)
    queries = [(statement, given) for statement, given in asked if "SELECT" in statement]
    assert len(queries) >= 8
    async with db.reader.connect() as connection:
        for statement, given in queries:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            steps = [row.detail for row in plan]
            scanned = {step.split()[1] for step in steps if "SCAN" in step and "INDEX" not in step}
            assert not scanned & set(Base.metadata.tables), f"{steps} of {statement}"
    await db.close()
