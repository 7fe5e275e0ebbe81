"""A day at the desk, and meeting a client, on a real terminal."""

from __future__ import annotations

import re
from pathlib import Path

from interview_process import Sitting, piped
from kept_cases import answered, keep, kept, make_store
from simulated_clients import harmless

from screening.app.desk import OnDesk, at_desk
from screening.app.introduced import introduced
from screening.model.knowledge import KnowledgeBase
from screening.records import clients, find_client, open_store
from screening.records.consent import Purpose, consents
from screening.records.event import Closed


def a_practice(home: Path, knowledge: KnowledgeBase) -> None:
    """Keep one client who was interrupted, one seen long ago, and one seen today."""
    keep(
        home, knowledge, "late-fox", {"age": 40}, Closed("complete"), at="2026-01-02T10:00:00.000Z"
    )
    keep(home, knowledge, "half-done", {"chest": "no"})
    with open_store(home / "records.db", str) as store:
        introduced(store, "blue-bike", "Alma García", {Purpose.KEEP: True})


def test_the_most_pressing_stand_first(tmp_path: Path, shipped: KnowledgeBase) -> None:
    a_practice(tmp_path, shipped)
    sheet = harmless(shipped) | {"constant": "yes"}
    piped(tmp_path, [], "--client", "sent")  # a store
    lines = "".join(f"  {name}: {value}\n" for name, value in sheet.items())
    (tmp_path / "i.yaml").write_text(f"client: sent\nanswers:\n{lines}", encoding="utf-8")
    piped(tmp_path, [], "--answers", str(tmp_path / "i.yaml"))
    with open_store(tmp_path / "records.db", str) as store:
        found = at_desk(store, print)
    assert [one.due for one in found] == sorted(one.due for one in found)
    words = {one.client: (one.due, one.words) for one in found}
    assert words["half-done"] == (OnDesk.INTERRUPTED, "interrupted, 1 answered")
    assert words["late-fox"][0] is OnDesk.AGAIN
    assert re.fullmatch(r"last screened \d+ days ago, no referral", words["late-fox"][1])
    assert words["blue-bike"] == (OnDesk.SEEN, "not screened yet")
    assert " today" in words["sent"][1]
    assert not any(" 0 " in said or " 1 days" in said for _, said in words.values())


def test_a_day_at_the_desk(tmp_path: Path, shipped: KnowledgeBase) -> None:
    a_practice(tmp_path, shipped)
    desk = Sitting(tmp_path, verb="desk", NO_COLOR="1", rows=24)
    assert "Alma García" in desk.until("q quit")
    desk.enter("zz")
    desk.until("no client `zz`")
    desk.enter("garc")
    desk.until("blue-bike Alma García")
    desk.enter("p")
    desk.until("No result yet.")
    desk.enter("f")  # never screened: an interview begins
    desk.until("Case blue-bike-1")
    desk.enter("n")
    desk.enter("quit")
    desk.until("blue-bike Alma García")
    desk.enter("c")
    desk.enter("y")
    desk.until("Noted as agreed")
    desk.enter("")
    desk.enter("")
    desk.until("b back")
    desk.enter("b")
    desk.until("q quit")
    desk.enter("q")
    assert desk.end() == 0
    assert answered(tmp_path, "blue-bike") == ["chest"]


def test_screening_alone_is_the_desk_and_says_where_it_begins(tmp_path: Path) -> None:
    make_store(tmp_path)
    desk = Sitting(tmp_path, verb="--help")
    assert desk.end() == 0
    assert "Commands:" in desk.shown
    alone = Sitting(tmp_path, verb="")
    alone.until("Nobody is recorded yet.")
    alone.enter("quit")
    assert alone.end() == 0


def test_before_anybody_is_recorded_the_desk_takes_any_line(tmp_path: Path) -> None:
    desk = Sitting(tmp_path, verb="", first=True)
    for line in ("help", "1", "blue-bike", "?"):
        desk.enter(line)
        desk.until("n begins with a new client")
        desk.until("q quit")
    desk.enter("q")
    assert desk.end() == 0


def test_what_is_wrong_with_the_records_is_said_in_words_at_screening_alone(
    tmp_path: Path,
) -> None:
    make_store(tmp_path)
    (tmp_path / "records.db").write_bytes(b"no database" * 500)
    desk = Sitting(tmp_path, verb="")
    assert desk.end() != 0
    assert "Traceback" not in desk.shown
    assert "screening store restore" in " ".join(desk.shown.split())


def test_a_passphrase_chosen_at_the_desk_is_not_asked_for_again(tmp_path: Path) -> None:
    desk = Sitting(tmp_path, verb="", first=True)
    desk.enter("n")
    for _ in range(2):
        desk.until(": ")
        desk.enter_now("four words that differ")
    for line in ("", "y-2", "", "y", "n", "n", "n", "quit"):
        desk.enter(line)
    desk.until("q quit")
    assert "y-2" in desk.shown
    assert "Passphrase of the records" not in desk.shown
    desk.enter("q")
    assert desk.end() == 0


def test_a_new_client_is_called_something_and_agrees_by_purpose(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, NO_COLOR="1")
    for line in ("", "green-boat", "Berta Alm", "perhaps", "Of course", "n", "y"):
        sitting.enter(line)
    sitting.until("Case green-boat-1")
    sitting.enter("n")
    sitting.enter("quit")
    assert sitting.end() == 0
    assert "Expected y or n." in sitting.shown
    with open_store(tmp_path / "records.db", str) as store:
        client = find_client(store, "Green-Boat")
        assert client is not None
        assert client.name == "Berta Alm"
        agreed = {one.purpose: one.given for one in consents(store.events(client.id))}
    assert agreed == {Purpose.KEEP: True, Purpose.CLINICIAN: False, Purpose.STATISTICS: True}
    assert len(kept(tmp_path, "green-boat").session.answers()) == 1


def test_who_does_not_agree_is_screened_and_not_kept(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, NO_COLOR="1")
    for line in ("", "no-trace", "", "n", "n", "quit"):
        sitting.enter(line)
    assert sitting.end() == 0
    assert "Then nothing is saved." in sitting.shown
    with open_store(tmp_path / "records.db", str) as store:
        assert clients(store) == ()


def test_the_desk_asks_for_the_passphrase_once_until_it_is_locked(tmp_path: Path) -> None:
    typed = "four words that differ"
    first = Sitting(tmp_path, "--client", "x", first=True)
    for _ in range(2):
        first.until(": ")
        first.enter_now(typed)
    first.enter("quit")
    assert first.end() == 0
    desk = Sitting(tmp_path, verb="desk", first=True)
    desk.until("Passphrase of the records: ")
    desk.enter_now(typed)
    desk.enter("n")
    for line in ("", "y-2", "", "y", "n", "n", "n", "quit"):
        desk.enter(line)
    desk.until("q quit")
    assert desk.shown.count("Passphrase of the records") == 1
    desk.enter("l")
    desk.until("Enter unlocks.")
    desk.enter_now("")
    desk.until("Passphrase of the records: ")
    desk.enter_now(typed)
    assert "y-2" in desk.until("q quit")
    desk.enter("q")
    assert desk.end() == 0
    assert typed not in desk.shown
