"""Files of rows: what is read, what is written, which column is which field, and what is wrong where."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transfer.columns import log_of, mapped
from bot.transfer.files import Row, Table, read, write
from models.domain.errors import BotError, CannotImport, LogRefused
from models.domain.experiment import Outcome
from models.domain.exported import Format
from models.domain.logbook import FIELDS, LogLine

TODAY = date(2026, 2, 3)


def table(folder: Path, content: str | bytes, name: str = "log.csv") -> Table:
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    return read(str(folder / name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.csv", "key,learning\n1,“é”\n"),
        ("log.csv", "\ufeffkey,learning\r\n1,“é”\r\n"),
        ("log.csv", "key;learning\n1;“é”\n"),
        ("log.tsv", "key\tlearning\n\n1\t“é”\n\t\n"),
        ("log.csv", "key , learning\n1,“\0é”"),
        ("log.jsonl", '{"key": 1, "learning": "“é”"}\n\n'),
        ("log", '{"key": "1", "learning": "“é”"}'),
        ("log", 'key,learning\n1,"“é”"'),
    ],
)
def test_the_same_rows(tmp_path: Path, name: str, content: str) -> None:
    found = table(tmp_path, content, name)
    assert found.columns == ("key", "learning")
    assert [row.values for row in found.rows] == [{"key": "1", "learning": "“é”"}]


def test_rows_have_the_number_of_their_first_line(tmp_path: Path) -> None:
    found = table(tmp_path, 'key,learning\n\n1,"two\nlines"\n2,b\n')
    assert [(row.number, row.values["key"]) for row in found.rows] == [(3, "1"), (5, "2")]


def test_json_has_other_values_than_text(tmp_path: Path) -> None:
    found = table(tmp_path, '{"a": null, "b": 0.1, "c": true}\n{"d": "x"}', "log.jsonl")
    assert found.columns == ("a", "b", "c", "d")
    assert found.rows[0] == Row(1, {"a": "", "b": "0.1", "c": "true"})


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"key\n1\n")))
    assert read("-").rows == (Row(2, {"key": "1"}),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "log.csv is empty."),
        (" \n\n", "log.csv is empty."),
        ("key,value\n", "log.csv has no rows."),
        ("key,value\n,\n", "log.csv has no rows."),
        ("key,key\n1,2\n", "Two columns are called key: rename one of them."),
        (b"key\n\xe9\n", "log.csv is not UTF-8 (line 2): save it as UTF-8 and import it again."),
        ("key\n1\n".encode("utf-16"), "log.csv is not UTF-8 (line 1)"),
        ("a,b\n1,2\n1\n1,2,3\n", "line 3: has 1 values for 2 columns.\nline 4: has 3 values"),
        ('a,b\n1,2\n"1,2\n3,4\n', "line 3: a quote is not closed"),
        ('a,b\n"1"x,2\n', "line 2: a quote is not closed, or has something beside it."),
    ],
)
def test_a_csv_file_that_can_not_be_read(tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(BotError) as refused:
        table(tmp_path, content)
    assert refused.value.sentence.removeprefix(f"{tmp_path}/").startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"key": 1}]', "line 1: is not an object; JSON Lines has one object a line."),
        ('{"key": 1}\n{"key": [1]}', "line 2: has a list or an object in it"),
        ('{"key": 1}\n{"key"', "line 2: is not JSON; JSON Lines has one object a line."),
        ('{"key": ' + "[" * 100_000, "line 1: is not JSON"),
        ('{"key": ' + "1" * 5_000 + "}", "line 1: is not JSON"),
    ],
)
def test_json_lines_that_can_not_be_read(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(LogRefused) as refused:
        table(tmp_path, content, "log.jsonl")
    assert refused.value.sentence.startswith(said)


@pytest.mark.parametrize("name", ["nowhere.csv", "", "nul\0"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotImport, match="can't be read"):
        read(str(tmp_path / name))


COLUMNS = Table(("id", "Hypothesis", "outcome", "result"), (Row(2, {}),))


def test_columns_become_fields() -> None:
    assert mapped(COLUMNS, ["key=id", "VALUE = Result"]) == {
        "key": "id",
        "hypothesis": "Hypothesis",
        "outcome": "outcome",
        "value": "result",
    }
    assert mapped(COLUMNS, ["outcome="]) == {"hypothesis": "Hypothesis"}
    assert mapped(COLUMNS, ["learning=outcome"]) == {
        "hypothesis": "Hypothesis",
        "learning": "outcome",
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("key", "--map key is not of the form field=column."),
        ("keys=id", "--map keys=id: keys is not a field; is it key?"),
        ("=id", "--map =id: nothing is not a field; the fields are project, key"),
        (
            "key=nope",
            "--map key=nope: there is no such column; the file has id, Hypothesis, outcome, result.",
        ),
        (
            "hypothesis=",
            "No column is the hypothesis. Say which: --map hypothesis=COLUMN; the file",
        ),
    ],
)
def test_a_map_that_leads_nowhere(said: str, why: str) -> None:
    with pytest.raises(CannotImport) as refused:
        mapped(COLUMNS, [said])
    assert refused.value.sentence.startswith(why)


def test_a_file_with_very_many_columns_is_named_in_short() -> None:
    wide = Table(tuple(f"c{number}" for number in range(40)), ())
    with pytest.raises(CannotImport, match="c29 and 10 more"):
        mapped(wide, [])


def test_problems_name_the_column_as_it_is_called_in_the_file(tmp_path: Path) -> None:
    found = table(tmp_path, "id,what,result\n1,more data,abc\n2,,3\n3,less,4\n")
    columns = mapped(found, ["key=id", "hypothesis=what", "value=result"])
    with pytest.raises(LogRefused) as refused:
        log_of(found, columns, "NANO", TODAY)
    assert refused.value.sentence.splitlines() == [
        "line 2, result: “abc” is not a number; one looks like 3.04.",
        "line 3, what: is empty, and so is change.",
    ]


def test_rows_of_other_projects_are_counted(tmp_path: Path) -> None:
    found = table(tmp_path, "project,hypothesis\nNANO,a\nSPEED,b\n,c\n")
    columns = mapped(found, [])
    log, others = log_of(found, columns, "NANO", TODAY)
    assert ([entry.says.hypothesis for entry in log], others) == (["a", "c"], 1)
    found = table(tmp_path, "project,hypothesis\nSPEED,b\n")
    with pytest.raises(CannotImport, match="No row is of the project NANO; the file has SPEED"):
        log_of(found, columns, "NANO", TODAY)


def test_a_row_without_a_key_has_always_the_same(tmp_path: Path) -> None:
    found = table(tmp_path, "hypothesis,value\na,1\nb,1\n")
    keys = [entry.key for entry in log_of(found, mapped(found, []), "NANO", TODAY)[0]]
    again = table(tmp_path, "value,hypothesis\n1,b\n1.0,a\n")
    assert keys == [entry.key for entry in log_of(again, mapped(again, []), "NANO", TODAY)[0]][::-1]
    assert all(key.startswith("row:") for key in keys)
    twice = table(tmp_path, "hypothesis\na\nb\na\n")
    with pytest.raises(LogRefused, match="line 4, key: line 2 has the same values"):
        log_of(twice, mapped(twice, []), "NANO", TODAY)


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(
    lambda text: text.strip() or None
)
written = st.builds(
    LogLine,
    key=st.just("k"),
    hypothesis=words.map(lambda text: text or "x"),
    learning=words,
    because=words,
    outcome=st.sampled_from(Outcome),
    concluded_on=st.dates(max_value=TODAY),
    value=st.floats(allow_nan=False, allow_infinity=False),
)


@given(line=written, kind=st.sampled_from(Format))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, line: LogLine, kind: Format
) -> None:
    text = write([line.model_dump(mode="json", exclude_none=kind is Format.JSONL)], FIELDS, kind)
    file = tmp_path_factory.mktemp("export") / f"log.{kind}"
    file.write_bytes(text.encode())
    found = read(str(file))
    log, _ = log_of(found, mapped(found, []), "NANO", TODAY)
    assert log[0].says == line


def test_values_are_written_as_they_are() -> None:
    row = {"key": "=1+1", "learning": "a\rb\n“c”", "value": 0.1}
    csv = write([row], ["key", "learning", "value"], Format.CSV)
    assert csv == 'key,learning,value\r\n=1+1,"a\rb\n“c”",0.1\r\n'
    assert json.loads(write([row], [], Format.JSONL)) == row
