"""What trying to prove an invariant came to, and the client who shows that it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.assess import Assessor
from screening.model.case import Case
from screening.model.question import Value
from screening.model.safety import Invariant
from screening.model.vocabularies import Level


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing an invariant fails for, in words, and the smallest client who shows it.

    `then` is the answer that makes the difference, where one client is compared with itself
    after it. There is no client where there is none to show (a rule that can never fire).
    """

    it: str
    words: str
    client: Mapping[str, Value] | None = None
    then: tuple[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """An invariant, what it was asked of, and what it fails for.

    `needs` are the rules each of which the proof would fail without; `rests_on` are enough of
    them for it, when no single one is needed. A proof with neither, and with nothing at stake, is
    vacuous.
    """

    invariant: Invariant
    asked_of: int
    failures: tuple[Failure, ...] = ()
    needs: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    at_stake: bool = False
    witnessed: bool = False

    @property
    def holds(self) -> bool:
        """Whether it was proved."""
        return not self.failures and not self.vacuous

    @property
    def vacuous(self) -> bool:
        """Whether it would hold without any rule, and nothing is at stake."""
        needed = self.needs or self.rests_on or self.at_stake or self.witnessed
        return not self.failures and not needed


def replayed(assessor: Assessor, failure: Failure) -> tuple[Level, ...]:
    """Return the level the client is referred at, and again after the answer that follows.

    Raises:
        DisagreementError: when the engines differ.

    """
    if failure.client is None:
        return ()
    clients: list[Mapping[str, Value]] = [failure.client]
    if failure.then is not None:
        clients.append({**failure.client, failure.then[0]: failure.then[1]})
    return tuple(assessor.conclude(Case(one)).assessment.referral.level for one in clients)
