"""Emergency answers that a client gave alone, until a trainer has seen them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screening.app.clients.pages import called
from screening.app.ports import Tell
from screening.records import Store, client_of, of_each_client
from screening.records.event import AlarmRaised, AlarmSeen


class Alarm(NamedTuple):
    """Who needs help, by the name the trainer knows, and the case with the answer."""

    client: str
    case: str


def unseen(store: Store, tell: Tell) -> tuple[Alarm, ...]:
    """Return the alarms that nobody has seen yet; who cannot be read is told."""
    each = of_each_client(store, lambda one: tuple(_of(store, one)), tell)
    return tuple(alarm for alarms in each for alarm in alarms)


def _of(store: Store, client: str) -> Iterator[Alarm]:
    waiting: dict[str, None] = {}
    for one in store.events(client):
        match one.event:
            case AlarmRaised(case):
                waiting[case] = None
            case AlarmSeen(case):
                waiting.pop(case, None)
            case _:
                pass
    for case in waiting:
        yield alarm_of(store, client, case)


def alarm_of(store: Store, client: str, case: str) -> Alarm:
    """Return the alarm of a client's case."""
    who = client_of(store, client)
    return Alarm(who.name or called(who), case)


def raised(store: Store, client: str, case: str) -> Alarm:
    """Put an alarm on record before anything else happens, and return it."""
    store.append(client, AlarmRaised(case))
    return alarm_of(store, client, case)


def seen(store: Store, case: str) -> None:
    """Put on record that a trainer has seen the alarm of a case."""
    store.append(store.ledger(case).client or "", AlarmSeen(case))
