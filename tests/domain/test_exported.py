"""Rows as lines of a file."""

from models.domain.exported import Format, header, line

COLUMNS = ("key", "learning")


def test_csv_has_a_header_and_quotes_what_needs_it() -> None:
    assert header(COLUMNS, Format.CSV) == "key,learning\r\n"
    row = {"learning": 'a "word",\nand more', "key": "=1"}
    assert line(row, COLUMNS, Format.CSV) == '=1,"a ""word"",\nand more"\r\n'
    assert line({"key": None}, COLUMNS, Format.CSV) == ",\r\n"


def test_json_lines_have_none_and_keep_every_letter() -> None:
    assert header(COLUMNS, Format.JSONL) == ""
    assert line({"key": "é\n"}, COLUMNS, Format.JSONL) == '{"key": "é\\n"}\n'
