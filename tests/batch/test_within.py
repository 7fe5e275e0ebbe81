"""Rules said while a gate is on need not ask again for what that gate says."""

from __future__ import annotations

import itertools

import pytest
from circuits import worked

from screening.batch.wording import within
from screening.compile.gates import Gates
from screening.model.circuit import Behind, Circuit, IsAsked, Wire

A, B, C, D, E = range(2, 7)


@pytest.fixture
def gates() -> Gates:
    made = Gates()
    for name in "abcde":
        made.add(IsAsked(name))
    return made


def test_rules_are_said_for_the_same_clients(gates: Gates) -> None:
    when = gates.every(A, gates.every(B, C))
    either = gates.some(A, D)
    rules = [
        gates.every(A, D),
        gates.every(B, D),
        gates.every(either, D),
        gates.every(D, E),
        gates.every(A, D, E),
        gates.every(A, B),
        gates.every(gates.some(B, E), D),
        gates.every(gates.opposite(D), C),
        either,
        D,
        when,
    ]
    circuit = Circuit(tuple(gates.written), {}, {}, {})
    found = within(circuit, when, (Behind("r", wire) for wire in rules))
    for asked in itertools.product((True, False), repeat=5):
        answers = {name: 1 for name, yes in zip("abcde", asked, strict=True) if yes}
        on = worked(circuit, answers)
        if on[when]:
            assert [on[b.when] for b in found] == [on[wire] for wire in rules]


@pytest.mark.parametrize("shared", [A, B, C])
def test_what_every_part_says_is_left_out(gates: Gates, shared: Wire) -> None:
    when = gates.every(A, gates.every(B, C))
    rule = Behind("r", gates.every(shared, D))
    circuit = Circuit(tuple(gates.written), {}, {}, {})
    assert within(circuit, when, [rule]) == (Behind("r", D),)


def test_what_one_of_several_parts_may_say_is_kept(gates: Gates) -> None:
    when = gates.some(A, B)
    rule = Behind("r", gates.every(A, D))
    circuit = Circuit(tuple(gates.written), {}, {}, {})
    assert within(circuit, when, [rule]) == (rule,)
