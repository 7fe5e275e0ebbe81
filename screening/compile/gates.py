"""Gates, each written once: equal ones share a number, and constants are folded."""

from __future__ import annotations

from collections.abc import Iterable

from screening.model.circuit import Enough, Every, Gate, Opposite, Some, Wire


class Gates:
    """The gates written so far; ON and OFF are the first two."""

    ON: Wire = 0
    OFF: Wire = 1

    def __init__(self) -> None:
        self.written: list[Gate] = []
        self._numbers: dict[Gate, Wire] = {}
        self.add(Every(()))
        self.add(Some(()))

    def add(self, gate: Gate) -> Wire:
        """Return the number of a gate, written now if it was not before."""
        if gate not in self._numbers:
            self._numbers[gate] = len(self.written)
            self.written.append(gate)
        return self._numbers[gate]

    def every(self, *parts: Wire) -> Wire:
        """Return a gate that is on when all parts are.

        >>> gates = Gates()
        >>> gates.every(gates.ON, gates.OFF) == gates.OFF, gates.every(gates.ON) == gates.ON
        (True, True)
        """
        kept = self._kept(parts, neutral=self.ON)
        if self.OFF in kept or self._contradict(kept):
            return self.OFF
        return kept[0] if len(kept) == 1 else self.add(Every(kept))

    def some(self, *parts: Wire) -> Wire:
        """Return a gate that is on when a part is."""
        kept = self._kept(parts, neutral=self.OFF)
        if self.ON in kept or self._contradict(kept):
            return self.ON
        return kept[0] if len(kept) == 1 else self.add(Some(kept))

    def opposite(self, part: Wire) -> Wire:
        """Return a gate that is on when the part is off."""
        if part in (self.ON, self.OFF):
            return self.OFF if part == self.ON else self.ON
        gate = self.written[part]
        return gate.part if isinstance(gate, Opposite) else self.add(Opposite(part))

    def enough(self, count: int, parts: tuple[Wire, ...]) -> Wire:
        """Return a gate that is on when at least so many parts are."""
        certain = parts.count(self.ON)
        open_ = tuple(part for part in parts if part not in (self.ON, self.OFF))
        left = count - certain
        if left <= 0:
            return self.ON
        if left > len(open_):
            return self.OFF
        if left == 1:
            return self.some(*open_)
        if left == len(open_):
            return self.every(*open_)
        return self.add(Enough(left, tuple(sorted(open_))))

    def _kept(self, parts: Iterable[Wire], *, neutral: Wire) -> tuple[Wire, ...]:
        """Return the parts that make a difference, in order, each once."""
        return tuple(sorted(set(parts) - {neutral}))

    def _contradict(self, parts: tuple[Wire, ...]) -> bool:
        """Tell whether a part is the opposite of another."""
        gates = (self.written[part] for part in parts)
        return any(isinstance(gate, Opposite) and gate.part in parts for gate in gates)
