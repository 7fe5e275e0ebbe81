"""`screening letter`: from a file or the records to a file that is kept and comes out again."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path

import pytest
from command_line import typed
from kept_cases import happened
from recorded_screenings import sheet, two_to_be_seen

from screening.app.client_records import put_new
from screening.assess import Assessor
from screening.model.question import Value
from screening.records import find_client, open_store, rename
from screening.records.errors import UnwritableStoreError
from screening.records.event import Answered

INTAKES = Path(__file__).parents[1] / "intakes"
EMERGENCY: dict[str, Value] = {"saddle": "new_or_worse"}


@pytest.fixture
def home(tmp_path: Path, assessor: Assessor) -> Path:
    return two_to_be_seen(tmp_path, assessor)


# from a file


def test_a_letter_is_shown_and_not_kept() -> None:
    result = typed("letter", INTAKES / "within_days.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("REQUEST: APPOINTMENT WITHIN DAYS\nWhy: “Back pain that no")
    assert "not on record" in result.stderr


def test_a_letter_from_a_file_is_undated_unless_a_day_is_given(tmp_path: Path) -> None:
    for day, words in ((None, "undated"), ("2026-03-02", "2 March 2026")):
        file = tmp_path / f"{day}.html"
        dated = () if day is None else ("--date", day)
        result = typed("letter", INTAKES / "within_days.yaml", "-o", file, *dated)
        assert result.exit_code == 0, result.stderr
        assert f"within_days · {words} · rules lower-back" in file.read_text("utf-8")
        assert "not on record" in file.read_text("utf-8")
        assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_the_same_file_gives_the_same_bytes_and_is_never_written_over(
    tmp_path: Path, ending: str
) -> None:
    for number in (1, 2):
        file = tmp_path / f"{number}.{ending}"
        assert typed("letter", INTAKES / "same_day.yaml", "-o", file).exit_code == 0
    assert file.read_bytes() == (tmp_path / f"1.{ending}").read_bytes()
    result = typed("letter", INTAKES / "same_day.yaml", "-o", file)
    assert result.exit_code == 2
    assert "cannot be written: file exists" in result.stderr


def test_in_an_emergency_there_is_no_letter_but_what_to_do(tmp_path: Path) -> None:
    result = typed("letter", INTAKES / "emergency.yaml", "-o", tmp_path / "letter.html")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "emergency" in result.stderr
    assert "Call your local emergency number" in result.stderr
    assert "Say: “" in result.stderr
    assert not (tmp_path / "letter.html").exists()


def test_without_a_referral_there_is_no_letter() -> None:
    result = typed("letter", INTAKES / "gardener.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no answer asks for a letter" in result.stderr


def test_before_emergencies_are_asked_about_there_is_no_letter(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("answers: {weight: yes}\n", "utf-8")
    result = typed("letter", file)
    assert result.exit_code == 2
    assert "emergency questions are not answered yet" in result.stderr
    assert "Chest pain" in result.stderr


def test_for_today_the_trainer_is_told_to_call_first() -> None:
    assert "call first" in typed("letter", INTAKES / "same_day.yaml").stderr


def test_a_clearance_asks_a_doctor_for_advice(tmp_path: Path, assessor: Assessor) -> None:
    answers = dict(sheet(assessor, {"heart_kidney": "disease", "cleared": "no"}))
    file = tmp_path / "a.yaml"
    file.write_text(f"answers: {answers}\n", "utf-8")
    shown = typed("letter", file).stdout
    assert shown.startswith("REQUEST: ADVICE ON EXERCISE\nWhy: ")
    assert re.search(r"^To +a doctor$", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "docter"), "--to: `docter` is nobody here; did you mean `doctor`?"),
        (("--to", "trainer"), "--to: `trainer` is nobody here"),
        (("--date", "2026-1-1"), "--date: expected a day like 2026-03-02, found `2026-1-1`"),
        (("-o", "letter.doc"), "--output: a file is expected that ends in .html or .pdf"),
        (("--private", "fever"), "--private: `fever` is no private question"),
        (("--paper", "a5"), "'a5' is not one of 'a4', 'letter'"),
    ],
)
def test_what_cannot_be_used_is_said(words: tuple[str, ...], said: str) -> None:
    result = typed("letter", INTAKES / "same_day.yaml", *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("who", "title"),
    [
        ("physiotherapist", "a physiotherapist or chiropractor"),
        ("Chiropractor", "a physiotherapist or chiropractor"),
        ("doctor", "a doctor"),
        ("a doctor today", "a doctor today"),
        ("pregnancy_provider", "a midwife or pregnancy doctor"),
    ],
)
def test_whom_it_is_to_goes_by_id_title_or_word(who: str, title: str) -> None:
    shown = typed("letter", INTAKES / "within_days.yaml", "--to", who).stdout
    assert re.search(rf"^To +{title}$", shown, re.MULTILINE)


def test_a_private_answer_is_in_it_only_when_the_client_lets_it_in() -> None:
    short = "Change in bowel control or feeling"
    shown = typed("letter", INTAKES / "within_days.yaml")
    assert short not in shown.stdout
    assert "Kept out, as private: bladder, bowel" in shown.stderr
    let_in = typed("letter", INTAKES / "within_days.yaml", "--private", "bowel")
    assert short in " ".join(let_in.stdout.split())
    assert "bowel" not in let_in.stderr


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "typst" else there(name)
    )
    result = typed("letter", INTAKES / "same_day.yaml", "-o", tmp_path / "a.pdf")
    assert result.exit_code == 2
    assert 'this command needs typst: pip install ".[pdf]"' in result.stderr
    assert typed("letter", INTAKES / "same_day.yaml", "-o", tmp_path / "a.html").exit_code == 0


# on record


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_letter_on_record_is_kept_verified_and_replayed(home: Path, ending: str) -> None:
    file = home / f"letter.{ending}"
    result = typed("letter", "blue-bike", "-o", file, home=home)
    assert result.exit_code == 0, result.stderr
    assert "Kept on record" in result.stderr
    assert happened(home, "blue-bike")[-1] == "PaperMade"
    assert "paper made" in typed("audit", "show", "blue-bike", home=home).stdout
    verified = typed("audit", "verify", home=home)
    assert verified.exit_code == 0, verified.stdout
    replayed = typed("audit", "replay", "blue-bike", home=home)
    assert replayed.exit_code == 0
    if ending == "html":
        assert replayed.stdout.endswith(file.read_text("utf-8"))
    else:
        assert "A letter as PDF, SHA-256" in replayed.stderr


def test_a_letter_carries_the_head_of_the_record_and_nobody_elses_data(home: Path) -> None:
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        rename(store, client.id, "blue-bike", "Anna Ångström")
    file = home / "letter.html"
    assert typed("letter", "blue-bike", "-o", file, home=home).exit_code == 0
    text = file.read_text("utf-8")
    assert "<dt>About</dt><dd>Anna Ångström</dd>" in text
    (head,) = set(re.findall(r"blue-bike-1 · .* · record (\w{12})", text))
    assert typed("audit", "verify", "blue-bike", "--head", head, home=home).exit_code == 0
    assert "other-client" not in text


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_letter_that_does_not_come_out_again_is_found(
    home: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("letter", "blue-bike", "-o", home / f"a.{ending}", home=home).exit_code == 0
    monkeypatch.setattr("screening.render.letter.CARRIED", "Something else.")
    verified = typed("audit", "verify", home=home)
    assert verified.exit_code == 1
    assert "reads otherwise now" in verified.stdout
    assert typed("audit", "replay", "blue-bike", home=home).exit_code == 1


def test_a_pdf_of_another_library_is_said_and_not_called_wrong(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("letter", "blue-bike", "-o", home / "a.pdf", home=home).exit_code == 0
    monkeypatch.setattr("screening.app.audit.papers.maker", lambda: "typst 99")
    assert typed("audit", "verify", home=home).exit_code == 0
    assert "not compared" in typed("audit", "replay", "blue-bike", home=home).stderr


def test_a_recorded_case_takes_no_day(home: Path) -> None:
    result = typed("letter", "blue-bike", "--date", "2026-03-02", home=home)
    assert result.exit_code == 2
    assert "--date: a recorded case has its own days" in result.stderr


def test_a_letter_shown_is_not_kept(home: Path) -> None:
    before = happened(home, "blue-bike")
    assert typed("letter", "blue-bike", home=home).exit_code == 0
    assert happened(home, "blue-bike") == before


def test_after_other_answers_a_letter_waits_for_the_conclusion(home: Path) -> None:
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        case = store.row("SELECT id FROM ledgers WHERE client = ? AND number = 1", client.id)
        assert case is not None
        store.append(str(case[0]), Answered("fever", "yes"))
    result = typed("letter", "blue-bike", "-o", home / "a.html", home=home)
    assert result.exit_code == 2
    assert "more was answered since" in result.stderr
    assert not (home / "a.html").exists()


def test_what_cannot_be_kept_is_not_written(tmp_path: Path) -> None:
    """The event comes first: a letter that is not on record is not left in a folder."""

    def full() -> None:
        raise UnwritableStoreError("the disk is full", "make room")

    with pytest.raises(UnwritableStoreError):
        put_new(tmp_path / "a.html", "text", full)
    assert list(tmp_path.iterdir()) == []


def test_consent_that_is_not_recorded_is_said(home: Path) -> None:
    assert "Not recorded: that the client agrees" in typed("letter", "blue-bike", home=home).stderr
    assert typed("clients", "consent", "blue-bike", "clinician", home=home).exit_code == 0
    assert "Not recorded" not in typed("letter", "blue-bike", home=home).stderr
