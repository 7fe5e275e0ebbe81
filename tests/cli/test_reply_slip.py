"""What comes back on a reply slip: only an agreement closes a referral, while it counts."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from command_line import typed
from recorded_screenings import CONSTANT, new_store, screen, sheet

from screening.app.audit.referrals import open_referrals, referral_of
from screening.app.history import left_on_record
from screening.assess import Assessor
from screening.model.decision import Looked
from screening.model.reply_slip import SlipAnswer
from screening.records import Store, cases, find_client, open_store

BY = ("--by", "Dr A. Okafor", "--role", "GP")


@pytest.fixture
def home(tmp_path: Path, assessor: Assessor) -> Path:
    """Return a home with a client who is to be seen within days."""
    with new_store(tmp_path) as store:
        screen(store, assessor, sheet(assessor, CONSTANT))
    return tmp_path


def day_of(home: Path, days: int = 0) -> str:
    """Return the day of the screening, or one so many days later."""
    with open_store(home / "records.db", str) as store:
        found = referral_of(store, last(store))
    assert found is not None
    return (found.on + datetime.timedelta(days)).isoformat()


def last(store: Store) -> str:
    client = find_client(store, "blue-bike")
    assert client is not None
    return cases(store, client.id)[-1].id


def cleared(home: Path, *words: str) -> Result:
    return typed(
        "referral", "cleared", "blue-bike", *BY, "--date", day_of(home), *words, home=home
    )


def is_open(home: Path, at: str | None = None) -> bool:
    """Tell whether the referral is open, now or on a day."""
    with open_store(home / "records.db", str) as store:
        if at is not None:
            store.clock = lambda: f"{at}T12:00:00.000Z"
        return bool(list(open_referrals(store, print)))


@pytest.mark.parametrize("answer", SlipAnswer)
def test_only_an_agreement_closes_a_referral(home: Path, answer: SlipAnswer) -> None:
    within = ("--limit", "pain_during=2") if answer is SlipAnswer.WITH_LIMITS else ()
    result = cleared(home, "--answer", answer.value, *within)
    assert result.exit_code == 0, result.output
    assert is_open(home) is not answer.closes
    assert ("stays open" in result.stdout) is not answer.closes
    shown = " ".join(typed("audit", "show", "blue-bike", home=home).stdout.split())
    assert ("clinician agreed" in shown) is answer.closes
    assert ("clinician answered" in shown) is not answer.closes
    assert typed("audit", "verify", home=home).exit_code == 0


def test_a_later_no_opens_it_again_and_keeps_the_limits(home: Path, assessor: Assessor) -> None:
    assert cleared(home, "--leave-out", "deadlift").exit_code == 0
    assert not is_open(home)
    assert cleared(home, "--answer", "not_now").exit_code == 0
    assert is_open(home)
    with open_store(home / "records.db", str) as store:
        left = left_on_record(assessor.knowledge, store, last(store))
    assert left.looked is Looked.NO
    assert left.agreed is not None
    assert left.agreed.leave_out == ("deadlift",)


def test_an_agreement_counts_until_its_last_day(home: Path, assessor: Assessor) -> None:
    until = day_of(home, 10)
    result = cleared(home, "--until", until, "--stop-if", "pain goes down a leg")
    assert result.exit_code == 0, result.output
    assert f"Until {until}" in result.stdout
    assert [is_open(home, day_of(home, days)) for days in (9, 10, 11)] == [False, False, True]
    for days, looked in ((10, Looked.YES), (11, Looked.NO)):
        at = f"{day_of(home, days)}T12:00:00.000Z"
        with open_store(home / "records.db", str) as store:
            store.clock = lambda at=at: at  # type: ignore[misc]
            assert left_on_record(assessor.knowledge, store, last(store)).looked is looked


def test_when_to_stop_is_shown_with_every_plan_within_the_agreement(
    home: Path, assessor: Assessor
) -> None:
    assert cleared(home, "--stop-if", "pain goes down a leg").exit_code == 0
    quick = [name for name in assessor.knowledge.questions if name.startswith("quick_")]
    answers = {**sheet(assessor, {}), **dict.fromkeys(quick, "no"), "weeks_since": 1}
    file = home / "next.yaml"
    file.write_text(json.dumps({"follows": "blue-bike", "answers": answers}), "utf-8")
    shown = typed("run", file, home=home).stdout
    assert "A CLINICIAN AGREED TO EXERCISE" in shown
    assert re.search(r"^Stop if +pain goes down a leg$", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--answer", "cleard"), "--answer: `cleard` is no answer; expected one of: no_objection"),
        (("--answer", "not now", "--until", "2020-01-01"), "--until: 2020-01-01 is over"),
        (("--answer", "with_limits"), "--answer: with limits, but none is given"),
        (("--seen", "2100-01-01"), "--seen: 2100-01-01 is still to come"),
        (("--may-contact", "perhaps"), "--may-contact: `perhaps` is no answer"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_recorded(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    result = cleared(home, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert is_open(home)
