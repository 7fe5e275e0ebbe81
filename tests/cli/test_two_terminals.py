"""One case in two terminals: who comes second is told, and never goes on from what was before."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_cases import keep, make_store

from screening.app.recorder import Recorder
from screening.app.start_interview import followed, given, resumed
from screening.interview.session import Order
from screening.load import shipped_knowledge
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.records import add_client, find_client, open_store
from screening.records.clients import rename
from screening.records.erasing import ErasureReason, erase
from screening.records.errors import ErasedClientError, OpenCaseError
from screening.records.event import Closed, Skipped


def test_a_case_is_named_as_people_call_it(tmp_path: Path, shipped: KnowledgeBase) -> None:
    keep(tmp_path, shipped, "blue-bike", {"age": 40})
    with open_store(make_store(tmp_path), str) as first, open_store(first.path, str) as second:
        openings = [resumed(shipped, store, "blue-bike", None) for store in (first, second)]
        one, other = (
            Recorder(store, shipped, shipped_knowledge(), opening)
            for store, opening in zip((first, second), openings, strict=True)
        )
        with one, pytest.raises(OpenCaseError, match="case `blue-bike-1` is open"), other:
            pass


def test_what_another_terminal_said_meanwhile_is_not_passed_over(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    case = keep(tmp_path, shipped, "blue-bike", {"age": 40})
    with open_store(make_store(tmp_path), str) as store:
        opening = resumed(shipped, store, "blue-bike", None)
        store.append(case, Skipped("fever"))
        late = Recorder(store, shipped, shipped_knowledge(), opening)
        with pytest.raises(OpenCaseError, match="gone on with in another terminal"), late:
            pass
        again = resumed(shipped, store, "blue-bike", None)
        with Recorder(store, shipped, shipped_knowledge(), again) as recorder:
            recorder.record()


def test_a_screening_recorded_meanwhile_is_not_passed_over(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    path = make_store(tmp_path)
    keep(tmp_path, shipped, "blue-bike", {"age": 40}, Closed("complete"))
    with open_store(path, str) as store:
        late = [
            given(shipped, store, Case(client="blue-bike"), Order.ADAPTIVE),
            given(shipped, store, Case(client="red-car"), Order.ADAPTIVE),
            followed(shipped, store, "blue-bike", Order.ADAPTIVE),
        ]
        for client in ("blue-bike", "red-car"):
            keep(tmp_path, shipped, client, {"saddle": "new_or_worse"}, Closed("stopped"))
        for opening in late:
            recorder = Recorder(store, shipped, shipped_knowledge(), opening)
            with recorder, pytest.raises(OpenCaseError, match="was recorded in another terminal"):
                recorder.record()
        again = given(shipped, store, Case(client="blue-bike"), Order.ADAPTIVE)
        with Recorder(store, shipped, shipped_knowledge(), again) as recorder:
            recorder.record()
            assert recorder.name == "blue-bike-3"
        for _ in range(2):  # without a name nobody can be taken for somebody else
            nameless = given(shipped, store, Case(), Order.ADAPTIVE)
            with Recorder(store, shipped, shipped_knowledge(), nameless) as recorder:
                recorder.record()


def test_who_was_erased_or_renamed_meanwhile_is_not_begun_anew(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    with open_store(make_store(tmp_path), str) as store:
        clients = {name: add_client(store, name) for name in ("blue-bike", "red-car")}
        late = {}
        for name in clients:
            opening = given(shipped, store, Case(client=name), Order.ADAPTIVE)
            late[name] = Recorder(store, shipped, shipped_knowledge(), opening)
        erase(store, clients["blue-bike"], ErasureReason.ASKED)
        rename(store, clients["red-car"], "green-car")
        with late["blue-bike"] as recorder, pytest.raises(ErasedClientError):
            recorder.record(Skipped("fever"))
        with late["red-car"] as recorder:
            recorder.record(Skipped("fever"))
            assert recorder.name == "green-car-1"
        assert [find_client(store, name) for name in clients] == [None, None]
