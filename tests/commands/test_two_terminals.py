"""One case in two terminals: who comes second is told, and never goes on from what was before."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_cases import keep, make_store

from screening.commands.opening import resumed
from screening.commands.recorder import Recorder
from screening.load import shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.records import open_store
from screening.records.event import Skipped
from screening.records.trouble import OpenCaseError


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
