"""What Experta is told of right-hand sides is so; building many leaves nothing changed."""

from __future__ import annotations

import gc
import inspect

from screening.assess import Assessor
from screening.engines.experta import SIGNATURE
from screening.model.knowledge import KnowledgeBase


def test_every_right_hand_side_has_the_signature_it_says(shipped: KnowledgeBase) -> None:
    rules = Assessor(shipped).engine.engine.get_rules()
    assert len(rules) > 1000
    for rule in rules:
        function = rule._wrapped
        said = inspect.signature(function)
        assert said == SIGNATURE
        del function.__signature__
        real = inspect.signature(function)
        assert [(one.name, one.kind) for one in real.parameters.values()] == [
            (one.name, one.kind) for one in said.parameters.values()
        ]


def test_garbage_is_collected_as_before(shipped: KnowledgeBase) -> None:
    for on in (True, False):
        (gc.enable if on else gc.disable)()
        try:
            assert Assessor(shipped).engine is not None
            assert gc.isenabled() is on
        finally:
            gc.enable()
