"""A referral nobody has looked at goes on through screenings in between; bad `follows` ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from screening.cli import main
from screening.engines.applicable import with_harmless_rest
from screening.model.knowledge import KnowledgeBase

QUICK = ("quick_private", "quick_legs", "quick_ill", "quick_chest", "quick_health")


def written(path: Path, answers: dict[str, object], follows: str = "") -> None:
    text = yaml.safe_dump({"answers": answers, **({"follows": follows} if follows else {})})
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "level"),
    [({"saddle": "new_or_worse"}, "same_day"), ({"weight": "yes"}, "within_days")],
)
def test_screening_in_between_does_not_close_a_referral(
    shipped: KnowledgeBase, tmp_path: Path, said: dict[str, str], level: str
) -> None:
    full = with_harmless_rest(shipped, said)
    written(tmp_path / "1.yaml", {name: str(value) for name, value in full.items()})
    between = {"weeks_since": 1, **dict.fromkeys(QUICK, "no")}
    written(tmp_path / "2.yaml", between, "1.yaml")
    written(tmp_path / "3.yaml", {**between, "referral_seen": "no"}, "2.yaml")
    words = ["run", str(tmp_path / "3.yaml"), "--format", "json"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert f'"level": "{level}"' in result.stdout
    written(tmp_path / "3.yaml", {**between, "earlier_referral": "none"}, "2.yaml")
    assert '"referral_seen"' in CliRunner().invoke(main, words).stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_to_follow_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    written(tmp_path / "2.yaml", {"weeks_since": 1}, "pipe")
    result = CliRunner().invoke(main, ["run", str(tmp_path / "2.yaml")])
    assert result.exit_code == 2
    assert "2.yaml:3:10: not_a_file: " in result.stderr
