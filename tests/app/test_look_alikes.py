"""A new client whose name looks like one on record is noticed before there are two of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import stores
from click.testing import CliRunner
from interview_process import Sitting

from screening.app.clients.look_alikes import alike, look_alikes
from screening.cli import main
from screening.records import Protection, add_client, clients, open_store

ROOT = Path(__file__).parents[2]
ALIKE = (
    ("\N{CYRILLIC SMALL LETTER A}lice", "alice"),
    ("ALIC\N{CYRILLIC CAPITAL LETTER IE}", "alice"),
    ("\N{GREEK SMALL LETTER ALPHA}lice", "alice"),
    ("ａｌｉｃｅ", "alice"),  # noqa: RUF001 - full width
    ("alíce", "alice"),
    ("blue bike", "blue-bike"),
    ("bluebike", "blue-bike"),
    ("blue_bike", "blue-bike"),
    ("bleu-bike", "blue-bike"),
    ("blue-bik", "blue-bike"),
    ("blue-bikes", "blue-bike"),
    ("blue-hike", "blue-bike"),
    ("Müller", "muller"),
    ("al1ce", "alice"),
    ("b0b-smith", "bob-smith"),
    ("strasse", "straße"),
)
DIFFERENT = (
    ("alice", "bob"),
    ("blue-bike-1", "blue-bike-2"),
    ("client-12", "client-13"),
    ("12", "13"),
    ("ann", "anna"),  # short names differ by a letter every day
    ("bob", "rob"),
    ("red-car", "blue-bike"),
)


@pytest.mark.parametrize(("new", "there"), ALIKE)
def test_names_that_look_alike(new: str, there: str) -> None:
    assert alike(new, there)
    assert alike(there, new)


@pytest.mark.parametrize(("new", "there"), DIFFERENT)
def test_names_that_do_not(new: str, there: str) -> None:
    assert not alike(new, there)
    assert not alike(there, new)


def test_only_a_new_client_is_compared(tmp_path: Path) -> None:
    with stores.make(tmp_path / "records.db", Protection.NONE) as store:
        for name in ("alice", "blue-bike"):
            add_client(store, name)
        add_client(store, "green-boat", "Alma García")
        assert look_alikes(store, "alice") == ()
        assert look_alikes(store, "\N{CYRILLIC SMALL LETTER A}lice") == ("alice",)
        assert look_alikes(store, "alma garcia") == ("green-boat",), "the name counts too"
        assert look_alikes(store, "") == ()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    with stores.make(tmp_path / "records.db", Protection.NONE) as store:
        add_client(store, "blue-bike")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("run", "tests/intakes/gardener.yaml", "--client"),
        ("interview", "--answers", "tests/intakes/gardener.yaml", "--client"),
    ],
)
def test_a_hint_names_the_other_and_how_to_see_them_again(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, [*words, "bluebike"])
    assert done.exit_code == 0, done.stderr
    told = " ".join(done.stderr.split())
    assert "`bluebike` looks like `blue-bike`, who is on record" in told
    assert "`screening followup blue-bike`" in told
    again = CliRunner().invoke(main, [*words, "bluebike"])
    assert "looks like" not in again.stderr, "by then it is a client of its own"
    other = CliRunner().invoke(main, [*words, "red-car"])
    assert "looks like" not in other.stderr
    assert (home / "records.db").exists()


def test_whoever_is_met_can_still_be_called_otherwise(home: Path) -> None:
    sitting = Sitting(home, NO_COLOR="1", rows=40)
    sitting.until("nobody is named")
    sitting.enter("")
    sitting.until("number.")
    sitting.enter("bluebike")
    sitting.until("looks like `blue-bike`")
    sitting.enter("blue-bike-two")
    sitting.until("own name")
    sitting.enter("")
    for _ in range(3):
        sitting.until("client says")
        sitting.enter("y")
    sitting.until(" left")
    sitting.enter("quit")
    sitting.end()
    with open_store(home / "records.db", str) as store:
        assert {one.pseudonym for one in clients(store)} == {"blue-bike", "blue-bike-two"}
