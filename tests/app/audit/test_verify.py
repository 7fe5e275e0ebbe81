"""What verifying finds, and that it finds nothing where nothing was changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import parts
from recorded_screenings import CONSTANT, new_store, screen, sheet
from strategies import intakes

from screening.app.audit.record_conclusion import keep_knowledge
from screening.app.audit.rederivation import HELD, Library, chosen, kept_in
from screening.app.audit.verify import SHOWN, verify
from screening.assess import Assessor
from screening.errors import UnknownTargetError, UnwritableError
from screening.records import Protection, Store, client_of, create_store, find_client
from screening.records.erasing import ErasureReason, erase
from screening.records.event import Concluded, Printed

OVERRIDE = (
    '"overrides":[{"by":"J. Smith","on":"2026-03-02","reason":"none","rules":["constant-pain"]}]'
)
SEEDS = ("0", "1", "4242", "random")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def library(store: Store, assessor: Assessor) -> Library:
    """Return the library of a store; the shipped knowledge need not be read again."""
    known = {assessor.knowledge.digest: assessor.knowledge}
    return Library(store, known.get)


@settings(max_examples=3)
@given(data=st.data())
def test_every_conclusion_and_report_is_drawn_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, assessor: Assessor, data: st.DataObject
) -> None:
    with new_store(tmp_path_factory.mktemp("store")) as store:
        for form in ("table", "json", "markdown", "html"):
            answers = data.draw(intakes(assessor.knowledge)).answers
            width = data.draw(st.integers(40, 120))
            case = screen(store, assessor, answers, layout=(form, width))
            (kept,) = kept_in(store, (case,))
            drawn = kept.drawn(library(store, assessor))
            assert drawn.same
            ((_, printed),) = kept.reports
            assert drawn.comes_out(printed)
            assert printed.head in printed.text
        found = verify(library(store, assessor), None, ())
        assert (found.good, found.cases, found.conclusions, found.reports) == (True, 4, 4, 4)


def test_replay_is_byte_identical_in_fresh_processes_under_any_hash_seed(
    tmp_path: Path, assessor: Assessor
) -> None:
    with new_store(tmp_path) as store:
        answers = sheet(assessor, {"bend_forward": "provokes", "sitting_slouched": "provokes"})
        cases = [screen(store, assessor, answers, layout=(form, 80)) for form in ("table", "json")]
        kept = kept_in(store, cases)
        texts = "".join(printed.text for one in kept for _, printed in one.reports)
    for seed in SEEDS:
        env = {**os.environ, "SCREENING_HOME": str(tmp_path), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "screening", "audit", "replay", "blue-bike"]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, texts.encode())


def test_knowledge_as_it_was_is_read_from_the_store_alone(
    store: Store, assessor: Assessor
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    (kept,) = kept_in(store, (case,))
    alone = kept.drawn(Library(store))
    assert parts(alone.assessor.knowledge) == parts(assessor.knowledge)
    assert alone.same


def test_changed_bytes_name_the_first_bad_record(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    store.connection.execute(
        "UPDATE events SET body = body || 'x' WHERE ledger = ? AND number IN (3, 5)", (case,)
    )
    for cases in (None, (case,)):
        found = verify(library(store, assessor), cases, ())
        assert not found.good
        assert f"event 3 of `{case}`" in found.findings[0]


def test_conclusion_that_is_not_what_its_answers_give_is_found(
    store: Store, assessor: Assessor
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    (kept,) = kept_in(store, (case,))
    forged = kept.event.assessment.replace("within_days", "none")
    store.append(case, replace(kept.event, assessment=forged))
    found = verify(library(store, assessor), (case,), ())
    number = store.head(case).events
    assert found.findings == [f"event {number} of `{case}`: something else is concluded now"]


OTHERS = {
    "another answer": ('"saddle":"no"', '"saddle":"always"', "other answers", "`saddle`"),
    "a missing answer": ('"age":', '"agee":', "other answers", "`age`"),
    "another programme": ('"deadlift","plank"', '"plank"', "another programme", ""),
    "an override": ('"overrides":[]', OVERRIDE, "other decisions", ""),
}


@pytest.mark.parametrize("change", OTHERS)
def test_conclusion_from_other_than_its_record_holds_is_found(
    store: Store, assessor: Assessor, change: str
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    (kept,) = kept_in(store, (case,))
    old, new, *said = OTHERS[change]
    assert old in kept.event.case
    store.append(case, replace(kept.event, case=kept.event.case.replace(old, new)))
    findings = verify(library(store, assessor), (case,), ()).findings
    assert all(word in findings[0] for word in said)


def test_conclusion_of_another_program_says_so(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    (kept,) = kept_in(store, (case,))
    store.append(case, replace(kept.event, assessment="{}", program="0.0.9"))
    found = verify(library(store, assessor), (case,), ())
    assert "made by program 0.0.9, this is" in found.findings[0]


def test_report_that_was_rewritten_is_found(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    (kept,) = kept_in(store, (case,))
    ((_, printed),) = kept.reports
    head = store.append(case, kept.event).digest
    store.append(case, replace(printed, head=head, text="All is well."))
    found = verify(library(store, assessor), (case,), ())
    assert [words.partition(": ")[2].partition(" of ")[0] for words in found.findings] == [
        "the report"
    ]
    store.append(case, kept.event, replace(printed, head="a" * 12))
    found = verify(library(store, assessor), (case,), ())
    assert "the head digest on the report is not the one before it" in found.findings[-1]


def test_missing_knowledge_is_found(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    store.connection.execute("DELETE FROM knowledge")
    found = verify(library(store, assessor), (case,), ())
    assert "it cannot be drawn again: the store keeps no knowledge" in found.findings[0]


def test_unreadable_case_is_found(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    store.append(case, Concluded("{}", "{}", assessor.knowledge.digest, "0.1.0"))
    found = verify(library(store, assessor), (case,), ())
    assert "the case of a conclusion cannot be read back" in found.findings[0]


def test_printed_head_is_found_and_one_from_elsewhere_is_not(
    store: Store, assessor: Assessor
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    head = store.head(case).digest
    assert verify(library(store, assessor), (case,), (head,)).good
    assert verify(library(store, assessor), None, (head.upper(),)).good
    found = verify(library(store, assessor), None, ("a" * 12,))
    assert "is not in these records" in found.findings[0]


def test_erased_client_leaves_a_chain_that_holds(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    screen(store, assessor, sheet(assessor, {}), client="red-car")
    erase(store, client_of(store, store.ledger(case).client).id, ErasureReason.ASKED)
    found = verify(library(store, assessor), None, ())
    assert (found.good, found.cases, found.erased, found.conclusions) == (True, 2, 1, 1)


def test_many_findings_are_counted_and_not_all_kept(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    broken = Concluded("{}", "{}", assessor.knowledge.digest, "0.1.0")
    store.append(case, *[broken] * (SHOWN + 3))
    found = verify(library(store, assessor), (case,), ())
    assert (len(found.findings), found.more) == (SHOWN, 3)


def test_library_holds_few_knowledge_bases(store: Store, assessor: Assessor) -> None:
    here = Library(store)
    for number in range(HELD + 2):
        here._held[str(number)] = assessor
        here.assessor(str(number))
    assert list(here._held) == [str(number) for number in range(2, HELD + 2)]


def test_changed_directory_is_not_kept_as_what_was_used(
    store: Store, assessor: Assessor, tmp_path: Path
) -> None:
    other = tmp_path / "knowledge"
    other.mkdir()
    (other / "pack.yaml").write_text("id: x\n")
    with pytest.raises(UnwritableError, match="was changed while it was in use"):
        keep_knowledge(store, assessor.knowledge, other)


def test_conclusion_in_force_on_a_day(store: Store, assessor: Assessor) -> None:
    store.clock = lambda: "2026-03-02T10:00:00.000Z"
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    store.clock = lambda: "2026-05-01T10:00:00.000Z"
    later = screen(store, assessor, sheet(assessor, {}))
    found = kept_in(store, (case, later))
    assert chosen(found).case == later
    for at in ("2026-03", "2026-04-30", "2026-03-02"):
        assert chosen(found, at=at).case == case
    assert chosen(found, number=2).case == later
    for wrong in ({"at": "2026-02"}, {"at": "2026-03-01"}, {"number": 3}):
        with pytest.raises(UnknownTargetError):
            chosen(found, **wrong)
    with pytest.raises(UnknownTargetError, match="nothing was concluded yet"):
        chosen(())
    assert all(isinstance(one.event, Concluded) for one in found)
    assert all(isinstance(p, Printed) for one in found for _, p in one.reports)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE labels SET sealed = zeroblob(60)", "the label of"),
        ("UPDATE clients SET key = zeroblob(60)", "the key of"),
        ("UPDATE clients SET erased = 9", "is erased"),
    ],
)
def test_damage_beside_the_events_is_a_finding_and_the_rest_is_checked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    assessor: Assessor,
    statement: str,
    said: str,
) -> None:
    monkeypatch.setattr("screening.records.key_hierarchy.DERIVATION", "scrypt:4:8:1")
    path = tmp_path / "records.db"
    with create_store(path, Protection.PASSPHRASE, lambda: "four words that differ") as store:
        screen(store, assessor, sheet(assessor, CONSTANT), client="red-car")
        red = find_client(store, "red-car")
        assert red is not None
        store.connection.execute(f"{statement} WHERE {_key(statement)} = ?", (red.id,))
        store.forget(red.id)
        screen(store, assessor, sheet(assessor, CONSTANT))
        found = verify(library(store, assessor), None, ())
    assert said in found.findings[0]
    assert found.cases == 2
    assert found.reports >= 1


def _key(statement: str) -> str:
    return "client" if "labels" in statement else "id"


def test_a_report_says_when_it_was_concluded_and_is_the_same_again(
    store: Store, assessor: Assessor
) -> None:
    store.clock = lambda: "2026-03-02T10:00:59.999Z"
    case = screen(store, assessor, sheet(assessor, CONSTANT), layout=("table", 110))
    (kept,) = kept_in(store, (case,))
    ((_, printed),) = kept.reports
    line = f"Record: blue-bike, 2026-03-02 10:00 UTC, head {printed.head}."
    assert line in " ".join(printed.text.split())
    store.clock = lambda: "2027-01-01T00:00:00.000Z"
    assert kept.drawn(library(store, assessor)).comes_out(printed)
