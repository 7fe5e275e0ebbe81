"""What `safety.yaml` declares is read, and what is wrong with it is said."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.errors import BadInputError
from screening.load import load
from screening.model.safety import After, Each, Phrase
from screening.model.vocabularies import Level

GOOD = """\
flags:
  - flag: Newly numb
    when: numb is new_or_worse
    refer: emergency
    unknown: same_day
    by: [numb-now]
invariants:
  - id: heard
    title: Every flag is heard
    because: One answer is enough.
    each: flag
    never: [it holds, the referral is below its level]
  - id: later
    title: Nothing is taken back
    because: It was said.
    after: a later answer
    never: [the referral is lower]
  - id: cramped
    title: Nobody with a cramp is sent
    because: For the test.
    never: [cramp is yes, an exercise is suggested]
"""


def _root(tmp_path: Path, text: str) -> Path:
    root = tiny.write(tmp_path / "k")
    (root / "safety.yaml").write_text(text, "utf-8")
    return root


def test_promises_are_read_when_asked_for(tmp_path: Path) -> None:
    root = _root(tmp_path, GOOD)
    assert load(root).safety is None
    safety = load(root, promises=True).safety
    assert safety is not None
    assert safety == load(root, library=True).safety
    (flag,) = safety.flags
    assert (flag.level, flag.unknown, flag.by) == (Level.EMERGENCY, Level.SAME_DAY, ("numb-now",))
    heard, later, cramped = safety.invariants
    assert heard.each is Each.FLAG
    assert heard.said == (Phrase.HOLDS, Phrase.BELOW)
    assert later.after is After.LATER_ANSWER
    assert cramped.said[1] is Phrase.SUGGESTED


def test_promises_are_no_part_of_the_digest(tmp_path: Path) -> None:
    assert load(_root(tmp_path, GOOD)).digest == load(tiny.write(tmp_path / "other")).digest


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("numb is new_or_worse", "nubm is new_or_worse", "did you mean `numb`"),
        ("refer: emergency", "refer: emergncy", "did you mean `emergency`"),
        ("it holds,", "it hold,", "did you mean `it holds`"),
        ("each: flag", "each: flog", "did you mean `flag`"),
        ("after: a later answer", "after: a late answer", "did you mean `a later answer`"),
        ("id: later", "id: heard", "the id `heard` is used twice"),
        ("[the referral is lower]", "[it fires]", "cannot be said of each client"),
        ("because: It was said.", "becuase: It was said.", "`because`"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(BadInputError, match=says):
        load(_root(tmp_path, GOOD.replace(old, new)), library=True)
