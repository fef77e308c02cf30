"""The search: what experiments say, as full text that the database itself keeps up to date.

On SQLite it is an FTS5 table that triggers keep, on PostgreSQL a generated column; no code has to remember
it, and both stem English words and fold accents. Whoever builds the table `experiment` anew on SQLite (that
is what `batch_alter_table` does) drops the triggers with it, and has to call `keep_up_to_date` again.
"""

import unicodedata

from alembic import op

revision = "0004"
down_revision: str | None = "0003"

READ = ("title", "change", "because", "learning", "next_step")
WEIGHTS = {"title": "A", "change": "B", "learning": "C", "because": "D", "next_step": "D"}
LONGEST = 20_000
"""Characters of a text that are read on PostgreSQL, whose vectors end at a megabyte."""


def upgrade() -> None:
    """Apply this revision, on SQLite and PostgreSQL each in its own way."""
    if op.get_bind().dialect.name == "postgresql":
        _run(
            "ALTER TABLE experiment ADD COLUMN experiment_search tsvector "
            f"GENERATED ALWAYS AS ({_vector()}) STORED",
            "CREATE INDEX ix_experiment_search ON experiment USING gin (experiment_search)",
        )
        return
    # Left behind where only the tables of the code were dropped.
    _run("DROP TABLE IF EXISTS experiment_search")
    _run(
        f"CREATE VIRTUAL TABLE experiment_search USING fts5(workspace_id, {', '.join(READ)}, "
        "content='experiment', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
        # Title and change weigh most, the workspace nothing.
        "INSERT INTO experiment_search(experiment_search, rank) "
        "VALUES ('rank', 'bm25(0.0, 4.0, 3.0, 1.0, 2.0, 1.0)')",
        "INSERT INTO experiment_search(experiment_search) VALUES ('rebuild')",
    )
    keep_up_to_date()


def keep_up_to_date() -> None:
    """The triggers on SQLite: what an experiment says goes into the search, and out of it again."""
    columns = ("workspace_id", *READ)
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("new", "old"))
    add = f"INSERT INTO experiment_search(rowid, {names}) VALUES (new.id, {new})"  # noqa: S608
    remove = (
        f"INSERT INTO experiment_search(experiment_search, rowid, {names}) "  # noqa: S608
        f"VALUES ('delete', old.id, {old})"
    )
    _run(
        f"CREATE TRIGGER experiment_search_added AFTER INSERT ON experiment BEGIN {add}; END",
        f"CREATE TRIGGER experiment_search_gone AFTER DELETE ON experiment BEGIN {remove}; END",
        f"CREATE TRIGGER experiment_search_changed AFTER UPDATE OF {names} ON experiment "
        f"BEGIN {remove}; {add}; END",
    )


def _run(*statements: str) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _vector() -> str:
    return " || ".join(
        f"setweight(to_tsvector('english'::regconfig, {_folded(name)}), '{weight}')"
        for name, weight in WEIGHTS.items()
    )


def _folded(name: str) -> str:
    """Words as SQLite's tokenizer takes them: in small letters, without accents, apart at any mark."""
    read = f"lower(left(coalesce({name}, ''), {LONGEST}))"
    ascii_marks = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum())
    plain = _translated(read, dict.fromkeys(ascii_marks, " "))
    accents = dict.fromkeys("–—…‘’“”«»·•×", " ")
    for code in (*range(0xE0, 0x180), *range(0x1E00, 0x1F00)):
        apart = unicodedata.normalize("NFD", chr(code))
        if len(apart) > 1 and chr(code).islower():
            accents[chr(code)] = apart[0]
    # Long tables take their time: nothing but ASCII, most of the texts, goes without.
    whole = _translated(plain, accents)
    return f"CASE WHEN octet_length({name}) = char_length({name}) THEN {plain} ELSE {whole} END"


def _translated(read: str, signs: dict[str, str]) -> str:
    before, after = ("".join(part).replace("'", "''") for part in (signs, signs.values()))
    return f"translate({read}, '{before}', '{after}')"
