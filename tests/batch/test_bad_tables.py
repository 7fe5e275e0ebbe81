"""What is wrong with a table is said: file, row, column, what was found and expected."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from batch_command import counts, rejected, screening, summary, table, written

HEAD = "client,age,fever,walk\n"
GOOD = "good,40,no,provokes\n"

# name, bytes of the table, what the message says
WHOLE_FILES = [
    ("nothing", b"", ["empty_file", "the file is empty"]),
    ("header only", HEAD.encode(), ["empty_file", "no rows"]),
    (
        "unknown column",
        b"client,fevr\na,no\n",
        ["in.csv:1:2: unknown_column", "`fevr`", "`fever`?"],
    ),
    ("no client", b"age,fever\n1,no\n", ["missing_column", "`client`", "--map"]),
    ("no question", b"client\na\n", ["missing_column", "no column is a question"]),
    ("a column twice", b"client,age,age\na,1,1\n", ["duplicate_column", "`age` comes twice"]),
    ("a unit in the name", b"client,duration_days\na,5\n", ["`duration_weeks`? it is in weeks"]),
    ("semicolons", b"client;age;fever\na;1;no\n", ["separated by `;`", "expected commas"]),
    ("old Mac line ends", b"client,age\ra,1\r", ["lines end in CR alone"]),
    ("UTF-16", "client,age\na,1\n".encode("utf-16"), ["not_utf8", "save it as UTF-8"]),
    ("Latin-1 header", "client,âge\na,1\n".encode("latin-1"), ["not_utf8", "byte 0xe2"]),
    ("NUL in the header", b"client,a\x00ge\na,1\n", ["binary_content", "NUL"]),
]


@pytest.mark.parametrize(
    ("content", "said"), [c[1:] for c in WHOLE_FILES], ids=[c[0] for c in WHOLE_FILES]
)
def test_a_table_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes, said: list[str]
) -> None:
    out = tmp_path / "out.csv"
    result = screening("batch", written(tmp_path, content), out)
    assert result.exit_code == 2
    for words in said:
        assert words in result.stderr
    assert not out.exists()


# name, the line, what is rejected: column, found, expected, code
ROWS = [
    ("misspelt", b"a,40,yess,provokes", ("fever", "`yess`", "did you mean `yes`?", "dangling_answer")),  # noqa: E501
    ("text for a number", b"a,old,no,provokes", ("age", "`old`", "whole number of years", "not_a_number")),  # noqa: E501
    ("half a number", b"a,40.5,no,provokes", ("age", "`40.5`", "0 to 110", "not_a_number")),
    ("out of range", b"a,400,no,provokes", ("age", "`400`", "0 to 110", "out_of_range")),
    ("another unit", b"a,480 months,no,provokes", ("age", "`480 months`", "years", "wrong_unit")),
    ("too few", b"a,40,no", ("", "3 fields", "4 fields", "ragged_row")),
    ("too many", b"a,40,no,provokes,", ("", "5 fields", "4 fields", "ragged_row")),
    ("an open quote", b'a,40,"no,provokes', ("", "unexpected end", "quotes closed", "ragged_row")),
    ("an empty line", b"", ("", "an empty line", "4 fields", "ragged_row")),
    ("header again", HEAD.strip().encode(), ("", "the header again", "a client", "repeated_header")),  # noqa: E501
    ("NUL bytes", b"a,40,no\x00,provokes", ("", "NUL", "text", "binary_content")),
    ("mixed encodings", b"a,40,n\xe9,provokes", ("fever", "byte 0xe9", "UTF-8", "not_utf8")),
    ("no client", b" ,40,no,provokes", ("client", "nothing", "a pseudonym", "missing_client")),
    ("a long cell", b"a,40,no," + b"x" * 10_000, ("walk", "(10000 characters)", "provokes", "dangling_answer")),  # noqa: E501
    ("10 MB", b"a,40,no," + b"x" * 10_000_000, ("", "10000008 bytes", "1048576", "oversized_file")),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("line", "wanted"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not(
    tmp_path: Path, line: bytes, wanted: tuple[str, ...]
) -> None:
    content = HEAD.encode() + GOOD.encode() + line + b"\n" + GOOD.replace("good", "also").encode()
    out = tmp_path / "out.csv"
    result = screening("batch", written(tmp_path, content), out)
    assert (result.exit_code, counts(out)) == (1, (3, 2, 1))
    (why,) = rejected(out)
    column, found, expected, code = wanted
    assert (why["row"], why["column"], why["code"]) == ("2", column, code)
    assert found in why["found"]
    assert expected in why["expected"]
    assert pl.read_csv(out)["row"].to_list() == [1, 3]


def test_every_row_of_a_repeated_client_is_rejected(tmp_path: Path) -> None:
    lines = ("a,40,no,provokes", "b,40,no,provokes", " a ,50,no,", "a,60,no,")
    out = tmp_path / "out.csv"
    screening("batch", written(tmp_path, HEAD + "\n".join(lines)), out)
    assert counts(out) == (4, 1, 3)
    found = [(why["row"], why["found"]) for why in rejected(out)]
    assert found == [
        ("1", "`a`, as in row 3"),
        ("3", "`a`, as in row 1"),
        ("4", "`a`, as in row 1"),
    ]


def test_a_byte_order_mark_and_quotes_and_carriage_returns_are_read(tmp_path: Path) -> None:
    content = '\ufeffclient,age\r\n"Ann, of ""B""",40\r\n c ,"41"\r\n'
    out = tmp_path / "out.csv"
    assert screening("batch", written(tmp_path, content), out).exit_code == 0
    assert pl.read_csv(out)["client"].to_list() == ['Ann, of "B"', "c"]


LINES = [
    (b'{"client": "a", "fevr": "no"}', "fevr", "did you mean `fever`?"),
    (b'{"client": "a", "fever": {"x": 1}}', "fever", "text, a number or null"),
    (b'{"client": "a", "client": "b"}', "client", "each key once"),
    (b'["a"]', "", "one JSON object a line"),
    (b'{"client": "a"', "", "one JSON object a line"),
    (b'{"client": "a", "fever": "\\ud800"}', "fever", "text, a number or null"),
    (b'{"client": "a", "age": NaN}', "age", "whole number"),
    (b'{"age": 40}', "client", "a pseudonym"),
    (b"[" * 5000, "", "one JSON object a line"),
]


@pytest.mark.parametrize(("line", "column", "expected"), LINES)
def test_bad_json_lines_are_rejected(
    tmp_path: Path, line: bytes, column: str, expected: str
) -> None:
    content = line + b'\n{"client": "g", "age": 40, "programme": ["plank"]}\n'
    out = tmp_path / "out.jsonl"
    screening("batch", written(tmp_path, content, "in.jsonl"), out)
    assert counts(out) == (2, 1, 1)
    assert rejected(out)[0]["column"] == column
    assert expected in rejected(out)[0]["expected"]
    assert (
        '"programme":"plank' not in out.read_text()
    )  # withheld: no emergency question is answered


def test_a_parquet_file_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = table(1000, tmp_path / "whole.parquet").read_bytes()
    cut = written(tmp_path, whole[: len(whole) // 2], "in.parquet")
    result = screening("batch", cut, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert "damaged_file: the Parquet file is cut off or damaged" in result.stderr


def test_a_parquet_file_damaged_inside_is_refused(tmp_path: Path) -> None:
    whole = bytearray(table(100_000, tmp_path / "whole.parquet").read_bytes())
    whole[len(whole) // 2 :][:500] = whole[len(whole) // 2 : len(whole) // 2 + 500] = bytes(500)
    result = screening("batch", written(tmp_path, bytes(whole), "in.parquet"), tmp_path / "o.csv")
    assert result.exit_code == 2
    assert "damaged" in result.stderr


def test_damage_among_the_pseudonyms_is_said_of_the_table(tmp_path: Path) -> None:
    whole = bytearray(table(100_000, tmp_path / "whole.parquet").read_bytes())
    whole[500:5500] = bytes(5000)
    path = written(tmp_path, bytes(whole), "in.parquet")
    result = screening("batch", path, tmp_path / "o.csv")
    assert result.exit_code == 2
    assert f"{path}:1:1: damaged_file: the Parquet file is cut off or damaged" in result.stderr


def test_a_parquet_column_of_a_type_that_holds_no_answer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    pl.DataFrame({"client": ["a"], "fever": [["no"]]}).write_parquet(path)
    result = screening("batch", path, tmp_path / "out.csv")
    assert "wrong_type: the column `fever` holds values of type list" in result.stderr


def test_numbers_of_another_unit_are_said_and_nothing_is_written(tmp_path: Path) -> None:
    rows = "".join(f"c{n},{n * 100}\n" for n in range(1, 60))
    path, out = written(tmp_path, "client,duration_weeks\n" + rows), tmp_path / "out.csv"
    result = screening("batch", path, out)
    assert result.exit_code == 2
    assert "other_unit: column `duration_weeks`: " in result.stderr
    assert "may be in another unit" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]
    said = written(tmp_path, "units: {duration_weeks: weeks}\n", "map.yaml")
    assert screening("batch", path, out, "--map", said).exit_code == 1
    points = written(tmp_path, "units: {duration_weeks: points}\n", "points.yaml")
    result = screening("batch", path, out, "--map", points)
    assert "wrong_unit: `duration_weeks` is asked in weeks, found `points`" in result.stderr
    days = written(tmp_path, "units: {duration_weeks: days}\n", "days.yaml")
    assert screening("batch", path, out, "--map", days).exit_code == 0
    assert summary(out)["numbers"] == {"duration_weeks": {"least": 14, "median": 428, "most": 842}}


def test_a_map_renames_columns_and_values(tmp_path: Path) -> None:
    content = "Member,Fever?,Alter,Studio\na,J,40,x\nb,N,999,y\nc,?,41,z\n"
    said = """\
columns: {Member: client, "Fever?": fever, Alter: age}
ignore: [Studio]
values:
  every_question: {J: "yes", N: "no"}
  age: {"999": dont_know}
units: {age: years}
"""
    out = tmp_path / "out.csv"
    map_file = written(tmp_path, said, "map.yaml")
    screening("batch", written(tmp_path, content), out, "--map", map_file)
    assert counts(out) == (3, 2, 1)
    assert rejected(out)[0]["column"] == "Fever?"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("columns: {X: fevr}", "did you mean `fever`?"),
        ("values: {fever: {J: yess}}", "did you mean `yes`?"),
        ("values: {every_question: {J: jes}}", "no question has the answer `jes`"),
        ("columns: {Nowhere: fever}", "the map names a column `Nowhere` that is not there"),
        ("colums: {X: fever}", "did you mean `columns`?"),
        ("units: {fever: days}", "`fever` takes no number"),
    ],
)
def test_a_map_that_is_wrong_is_refused(tmp_path: Path, said: str, message: str) -> None:
    map_file = written(tmp_path, said, "map.yaml")
    result = screening(
        "batch", written(tmp_path, HEAD + GOOD), tmp_path / "o.csv", "--map", map_file
    )
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_output_that_is_the_input_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    hard = tmp_path / "hard.csv"
    os.link(path, hard)
    for out in (path, link, hard):
        result = screening("batch", path, out)
        assert "same_file" in result.stderr
    assert path.read_text() == HEAD + GOOD


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    link.symlink_to(real)
    assert screening("batch", written(tmp_path, HEAD + GOOD), link).exit_code == 0
    assert link.is_symlink()
    assert real.read_text().startswith("row,client,referral")


def test_a_missing_folder_a_folder_and_an_unknown_ending_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD)
    (tmp_path / "is.csv").mkdir()
    for out, said in (
        ("no/out.csv", "there is no folder"),
        ("is.csv", "a directory"),
        ("o.xlsx", ".parquet"),
    ):
        result = screening("batch", path, tmp_path / out)
        assert result.exit_code == 2
        assert said in result.stderr
    assert "no such file" in screening("batch", tmp_path / "x.csv", tmp_path / "o.csv").stderr


def test_a_pipe_is_no_place_for_a_result(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    result = screening("batch", written(tmp_path, HEAD + GOOD), pipe)
    assert result.exit_code == 2
    assert "pipe.csv: a file is expected, this is a pipe or a device" in result.stderr
    assert pipe.is_fifo()


def test_a_folder_of_somebody_else_is_not_taken_for_parts(tmp_path: Path) -> None:
    own = tmp_path / "out.csv.parts" / "own.txt"
    own.parent.mkdir()
    path = written(tmp_path, HEAD + GOOD)
    own.write_text("mine")
    result = screening("batch", path, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert (
        "changed_batch: the folder holds `own.txt`, and no batch was begun in it" in result.stderr
    )
    assert own.read_text() == "mine"
    own.rename(own.with_name("manifest.json.17.tmp"))  # as a kill may leave it
    assert screening("batch", path, tmp_path / "out.csv").exit_code == 0


def test_one_row_is_explained_or_said_why_not(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD + "b,40,nope,provokes\n")
    assert "walking" in screening("explain", path, "--row", "1", "--full").output.lower()
    result = screening("explain", path, "--row", "2")
    assert "in.csv:3:3: dangling_answer: row 2, column `fever`: found `nope`" in result.stderr
    assert "row 9 is not one of 1 to 2" in screening("explain", path, "--row", "9").stderr
    assert "help: `fever` takes one of: yes, no" in result.stderr


def test_a_row_of_a_repeated_client_is_not_explained(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD + "b,40,no,provokes\n good,40,yes,provokes\n")
    for row, other in (("1", "3"), ("3", "1")):
        result = screening("explain", path, "--row", row)
        assert result.exit_code == 2
        said = f"row {row}, column `client`: found `good`, as in row {other}"
        assert f"duplicate_client: {said}" in result.stderr
    assert screening("explain", path, "--row", "2").exit_code == 0


def test_a_table_is_explained_by_row(tmp_path: Path) -> None:
    result = screening("explain", written(tmp_path, HEAD + GOOD))
    assert result.exit_code == 2
    assert "in.csv is a table: name one row of it with `--row N`" in result.stderr


def test_columns_of_older_questions_are_taken_over_and_said(tmp_path: Path) -> None:
    text = (
        b"client,tearing,calf,sexual_leg,very_unwell\n"
        b"sudden,yes,no,yes,none\nleg,no,yes,no,none\nill,no,,,yes\nunsure,dont_know,,,none\n"
        b"nothing,no,no,no,no\nodd,maybe,no,no,none\n"
    )
    out = tmp_path / "out.csv"
    result = screening("batch", written(tmp_path, text), out)
    assert "tearing, calf, sexual_leg: asked differently today" in result.stderr
    rows = {row["client"]: row for row in pl.read_csv(out).iter_rows(named=True)}
    levels = {name: row["referral"] for name, row in rows.items() if name != "nothing"}
    assert levels == {
        "sudden": "emergency",
        "leg": "same_day",
        "ill": "emergency",
        "unsure": "same_day",
    }
    assert not rows["nothing"]["recommend"]
    assert {row["column"] for row in rejected(out)} == {"tearing"}


def test_an_older_question_beside_the_newer_one_is_refused(tmp_path: Path) -> None:
    table_of_both = written(tmp_path, b"client,calf,leg_swollen\na,yes,no\n")
    result = screening("batch", table_of_both, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert "`leg_swollen` and the older `calf` both stand for `leg_swollen`" in result.stderr
