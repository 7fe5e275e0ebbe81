"""The country: numbers and words of one place, in results and in their records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kept_cases import make_store

from screening.cli import main
from screening.model.knowledge import KnowledgeBase
from screening.records import open_store
from screening.records.event import Printed

SEVERAL = "112 in Europe, 999 in the UK, 911 in North America"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def emergency(root: Path, *words: str) -> str:
    done = run("run", str(root / "tests/intakes/emergency.yaml"), *words)
    return " ".join(done.stdout.split())


def test_without_a_country_the_numbers_of_several_are_given(root: Path) -> None:
    assert SEVERAL in emergency(root)
    assert "not set" in run("settings", "show").stdout


@pytest.mark.parametrize(
    ("country", "number"), [("uk", "999"), ("US", "911"), ("australia", "000"), ("eu", "112")]
)
def test_with_a_country_only_its_numbers_are(root: Path, country: str, number: str) -> None:
    assert run("settings", "set", "--country", country).exit_code == 0
    shown = emergency(root)
    assert f"Call {number} or get the client" in shown
    assert SEVERAL not in shown


def test_a_country_nobody_has_words_for_is_refused() -> None:
    refused = run("settings", "set", "--country", "atlantis")
    assert refused.exit_code == 2
    assert "no country `atlantis`" in refused.stderr


def test_settings_that_cannot_be_read_are_said(home: Path, root: Path) -> None:
    (home / "settings.json").write_text("{", "utf-8")
    done = run("run", str(root / "tests/intakes/emergency.yaml"))
    assert done.exit_code == 2
    assert "settings set --country" in done.stderr


def test_a_recorded_report_is_printed_again_in_the_words_of_its_country(
    home: Path, root: Path
) -> None:
    make_store(home)
    run("settings", "set", "--country", "uk")
    emergency(root, "--client", "blue-bike")
    run("settings", "set", "--country", "us")
    verified = run("audit", "verify", "blue-bike")
    assert verified.exit_code == 0, verified.output
    with open_store(home / "records.db", str) as store:
        query = "SELECT id FROM ledgers WHERE number > 0"
        case = str(next(iter(store.rows(query)))[0])
        shown = [one.event for one in store.events(case) if isinstance(one.event, Printed)]
    assert (shown[-1].country, "999" in shown[-1].text) == ("uk", True)


def test_every_word_that_is_replaced_is_said_somewhere(shipped: KnowledgeBase) -> None:
    texts = [one.act for one in shipped.levels.values()]
    texts += [said for one in shipped.targets.values() for said in (one.title, one.how)]
    everything = " ".join((*texts, *(one.text for one in shipped.advice.values())))
    for country in shipped.countries.values():
        for words in country.words:
            assert words.say in everything, (country.id, words.say)
        assert SEVERAL not in country.local(everything), country.id


def test_the_setting_is_a_file_of_its_owner(home: Path) -> None:
    run("settings", "set", "--country", "uk")
    path = home / "settings.json"
    assert json.loads(path.read_text("utf-8")) == {"country": "uk"}
    assert path.stat().st_mode & 0o077 == 0
