"""`screening referral` on a terminal: what is missing is asked for, until it can be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from kept_cases import make_store
from prompted import prompted

from screening.app.clients.find_case import last_case
from screening.cli import main
from screening.records import open_store
from screening.records.event import AgreementRecorded, Overridden

NAME, ROLE, DAY = "Name of the clinician: ", "(GP, physiotherapist …): ", "Day it was said"
RIGHT = "Is that right? (yes or no): "
LIMIT, WITHOUT, MORE = "Enter: no limit): ", "Enter: nothing): ", "Enter: nothing more): "
SEEN, ANSWER, UNTIL = (
    "Seen on (Enter: not said): ",
    "cannot_advise: ",
    "look again on (Enter: not said): ",
)
STOP, CONTACT = "send back if (Enter: not said): ", "yes or no (Enter: not said): "


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home in whose records a client was referred within days."""
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    intake = str(root / "tests/intakes/within_days.yaml")
    assert CliRunner().invoke(main, ["run", intake, "--client", "blue-bike"]).exit_code == 0
    return tmp_path


def last_event(home: Path, kind: type) -> object:
    with open_store(home / "records.db", str) as store:
        events = [one.event for one in store.events(last_case(store, "blue-bike"))]
    return next(event for event in reversed(events) if isinstance(event, kind))


def today(home: Path) -> str:
    del home
    listed = CliRunner().invoke(main, ["referral", "list"]).stdout
    return next(word for word in listed.split() if word[:2] == "20")


def test_a_clinicians_agreement_is_asked_for_with_its_limits(home: Path) -> None:
    day = today(home)
    code, shown = prompted(
        ["referral", "cleared", "blue-bike"],
        [
            (SEEN, "2100-01-01"),
            (SEEN, day),
            (ANSWER, ""),
            (ANSWER, "with limits"),
            (WITHOUT, "dedlift"),
            (WITHOUT, "Deadlift"),
            (MORE, ""),
            (LIMIT, "two"),
            (LIMIT, "2"),
            (UNTIL, "2020-01-01"),
            (UNTIL, "2100-01-01"),
            (STOP, "pain goes down a leg"),
            (CONTACT, "perhaps"),
            (CONTACT, "yes"),
            (NAME, ""),
            (NAME, "Dr A. Okafor"),
            (ROLE, "GP"),
            (DAY, "yesterday"),
            (DAY, day),
            (RIGHT, "perhaps"),
            (RIGHT, "yes"),
        ],
        {"SCREENING_HOME": str(home)},
    )
    assert code == 0, shown
    assert "expected a day like" in shown
    assert "did you mean `deadlift`?" in shown
    assert "Within: pain_during at most 2, no deadlift." in shown
    found = last_event(home, AgreementRecorded)
    assert "still to come" in shown
    assert "is over" in shown
    assert found == AgreementRecorded(
        by="Dr A. Okafor",
        role="GP",
        on=day,
        level="within_days",
        limits=("pain_during=2",),
        leave_out=("deadlift",),
        seen=day,
        answer="with_limits",
        until="2100-01-01",
        stop_if="pain goes down a leg",
        may_contact="yes",
    )


def test_an_override_asks_for_a_name_and_a_sentence(home: Path) -> None:
    reason = "Her doctor saw her on Monday"
    code, shown = prompted(
        ["referral", "override", "blue-bike"],
        [("Your name: ", "J. Smith"), ("sentence: ", "fine"), ("sentence: ", reason)],
        {"SCREENING_HOME": str(home)},
    )
    assert code == 0, shown
    assert "a sentence is expected, found `fine`" in shown
    found = last_event(home, Overridden)
    assert isinstance(found, Overridden)
    assert (found.by, found.reason) == ("J. Smith", reason)


def test_leaving_a_prompt_records_nothing(home: Path) -> None:
    for command, first in (("cleared", SEEN), ("override", "Your name: ")):
        code, shown = prompted(
            ["referral", command, "blue-bike"], [(first, "J\x03")], {"SCREENING_HOME": str(home)}
        )
        assert code != 0, shown
        assert "Traceback" not in shown
    with open_store(home / "records.db", str) as store:
        events = [one.event for one in store.events(last_case(store, "blue-bike"))]
    assert not any(isinstance(one, AgreementRecorded | Overridden) for one in events)


def test_what_is_not_right_is_not_recorded(home: Path) -> None:
    """A name that could not be used, and Enter: the limit is gone, and is seen to be."""
    answers = [
        (SEEN, ""), (ANSWER, "no objection"), (WITHOUT, "dedlift"), (WITHOUT, ""), (LIMIT, ""),
        (UNTIL, ""), (STOP, ""), (CONTACT, ""), (NAME, "Dr A. Okafor"), (ROLE, "GP"),
        (DAY, today(home)), (RIGHT, "no"),
    ]  # fmt: skip
    words = ["referral", "cleared", "blue-bike"]
    code, shown = prompted(words, answers, {"SCREENING_HOME": str(home)})
    assert code == 2, shown
    assert "Without limits" in " ".join(shown.split())
    assert "nothing was recorded" in shown
    with pytest.raises(StopIteration):
        last_event(home, AgreementRecorded)
