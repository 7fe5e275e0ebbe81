"""Things in an order in which each comes after all it needs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from screening.errors import CircularFindingsError

Step = TypeVar("Step", bound=Hashable)


def in_dependency_order(needs: Mapping[Step, tuple[Step, ...]]) -> tuple[Step, ...]:
    """Return the keys so that each comes after all it needs, else in the order given.

    Raises:
        CircularFindingsError: with the keys of one circle, in order.

    >>> in_dependency_order({"c": ("a", "b"), "b": ("a",), "a": ()})
    ('a', 'b', 'c')

    """
    ordered: dict[Step, None] = {}
    for start in needs:
        path: dict[Step, Iterator[Step]] = {}
        step: Step | None = start
        while step is not None:
            if step not in path and step not in ordered:
                path[step] = iter(needs[step])
            if step in path:
                needed = next(path[step], None)
                if needed is None:
                    path.pop(step)
                    ordered[step] = None
                elif needed in path:
                    circle = list(path)
                    raise CircularFindingsError(circle[circle.index(needed) :])
                elif needed not in ordered:
                    step = needed
                    continue
                else:
                    continue
            step = next(reversed(path), None)
    return tuple(ordered)
