"""A client who shows a failure, concluded by Experta and by the reference."""

from __future__ import annotations

from collections.abc import Mapping

from screening.assess import Assessor
from screening.model.case import Case
from screening.model.question import Value
from screening.model.vocabularies import Level
from screening.verify.proofs.proof import Failure


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
