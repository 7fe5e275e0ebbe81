"""Clients beyond what an interview meets: labels that look like ids, and many of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import stores

from screening.records import Store, add_client
from screening.records.errors import BadLabelError
from screening.records.store import KEYS_AT_HAND


def test_a_pseudonym_that_is_an_id_is_refused(store: Store) -> None:
    client = add_client(store, "blue-bike")
    with pytest.raises(BadLabelError, match="is an id in these records"):
        add_client(store, client)


def test_more_clients_than_keys_are_kept_at_hand_are_all_read(store: Store) -> None:
    cases = [stores.a_case(store, answers=1) for _ in range(KEYS_AT_HAND + 2)]
    for case in (*cases, cases[0]):
        assert [one.event for one in store.events(case)] == [stores.STARTED, stores.answer(0)]


def test_the_length_of_a_name_does_not_show(tmp_path: Path) -> None:
    """Whatever letters it is in: JSON writes those of some scripts six or twelve times as long."""
    names = ("", "A", "\N{CYRILLIC SMALL LETTER ZHE}" * 80, "\N{BICYCLE}" * 80, "x" * 80)
    with stores.make(tmp_path / "records.db") as store:
        for number, name in enumerate(names):
            add_client(store, f"{number}{name}"[:80], name)
        sizes = {row[0] for row in store.rows("SELECT length(sealed) FROM labels")}
    assert len(sizes) == 1
