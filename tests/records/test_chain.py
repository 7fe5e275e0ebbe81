"""A link holds its place, its content, and all before it."""

from __future__ import annotations

import pytest

from screening.records.chain import START, Link, body_digest, shown, store_link

FIRST = Link("client-1", "case-1", 1, "2026-01-01T00:00:00.000Z", body_digest(b"body"))
OTHERS = {
    "client": FIRST._replace(client="client-2"),
    "ledger": FIRST._replace(ledger="case-2"),
    "number": FIRST._replace(number=2),
    "time": FIRST._replace(at="2026-01-01T00:00:00.001Z"),
    "content": FIRST._replace(digest=body_digest(b"Body")),
}
KNOWN = ("szo6wxhgnn7a", "aq4pu5irzbwm")


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_change_of_anything_is_another_link(other: Link) -> None:
    assert other.after(START) != FIRST.after(START)


def test_a_link_holds_all_before_it() -> None:
    second = FIRST._replace(number=2)
    assert second.after(FIRST.after(START)) != second.after(OTHERS["content"].after(START))


def test_the_link_of_the_store_holds_what_came_before_its_place_and_its_link() -> None:
    link, other = FIRST.after(START), OTHERS["content"].after(START)
    one = store_link(START, 1, link)
    assert len({one, store_link(link, 1, link), store_link(START, 2, link)}) == 3
    assert one != store_link(START, 1, other)


def test_links_are_those_of_stores_written_before() -> None:
    link = FIRST.after(START)
    assert (shown(link), shown(store_link(START, 1, link))) == KNOWN
