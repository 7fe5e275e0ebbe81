"""An engine that gets one thing wrong is caught, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from click.testing import CliRunner

from screening.assess import Assessor
from screening.cli import main
from screening.compile import lower
from screening.engines.applicable import with_harmless_rest
from screening.engines.experta import ExpertaEngine
from screening.errors import DisagreementError
from screening.model.case import Case, Outcome
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head
from screening.model.vocabularies import Strength, Truth

WRONG = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.UNDECIDED, Truth.UNDECIDED: Truth.TRUE}
EMERGENCY = {"saddle": "new_or_worse"}
ABOUT = (
    Head("saddle-change"),
    Head("walk-when-tolerated"),
    ("non_mechanical", Strength.SUPPORTED),
)


class Faulty(ExpertaEngine):
    """Experta, but wrong about one rule or finding."""

    about: Head | tuple[str, Strength] = Head("saddle-change")

    def conclude(self, answers: Mapping[str, Value]) -> Outcome:
        right = super().conclude(answers)
        if isinstance(self.about, Head):
            heads = dict(right.heads)
            heads[self.about] = WRONG[heads[self.about]]
            return replace(right, heads=heads)
        findings = dict(right.findings)
        findings[self.about] = WRONG[findings[self.about]]
        return replace(right, findings=findings)


@pytest.mark.parametrize("given", [EMERGENCY, {}], ids=["emergency", "harmless"])
@pytest.mark.parametrize("about", ABOUT, ids=str)
def test_one_wrong_truth_is_named_and_nothing_is_concluded(
    shipped: KnowledgeBase, about: Head | tuple[str, Strength], given: dict[str, Value]
) -> None:
    assessor = Assessor(shipped)
    faulty = Faulty(lower(shipped))
    faulty.about = about
    assessor.__dict__["engine"] = faulty
    with pytest.raises(DisagreementError) as caught:
        assessor.conclude(Case(with_harmless_rest(shipped, given)))
    (difference,) = caught.value.differences
    assert about[0] in difference


def test_a_faulty_engine_prints_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.engines.experta.ExpertaEngine", Faulty)
    intake = "answers: {saddle: new_or_worse}\nprogramme: [deadlift]\n"
    for words in (["run", "-"], ["explain", "-"], ["explain", "-", "--why", "deadlift"]):
        result = CliRunner().invoke(main, words, input=intake)
        assert result.exit_code == 3
        assert result.stdout == ""
        assert "rule saddle-change (certain): Experta says false" in result.stderr
