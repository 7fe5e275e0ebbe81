"""From a mutant that no example can tell from its rule to what a case must expect to do so."""

from __future__ import annotations

from screening.model.conclusions import claim_of
from screening.model.rule import Rule
from screening.mutation.operators import Mutant


def telling_case(rule: Rule, mutant: Mutant) -> str:
    """Return what a case expects that the rule meets and the mutant does not, as it is written.

    Empty where no claim speaks about it. The case has to fire the rule, and no other rule may
    conclude the same.
    """
    now, then = () if mutant.mutated is None else mutant.mutated.then, rule.then
    lost = [claim_of(one) for one in then if one not in now]
    new = [claim_of(one) for one in now if one not in then]
    must = [met.words for met in lost if met is not None]
    must_not = [met.words for met in new if met is not None and met.firm]
    lists = {"must": must, "must_not": must_not}
    return ", ".join(f"`{key}: [{', '.join(said)}]`" for key, said in lists.items() if said)
