"""Plants a new answer kind and a new conclusion kind in a copy, as the recipes say; run by hand.

    python tests/plant_kinds.py DIRECTORY

First only the new member of each union: the type checker must name every place that must decide,
and it is printed. Then the rest of the recipe: nothing may be left to name, no more than six files
may be touched, and both kinds must work from an intake to a proof.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST_FILES = 6
Edits = Mapping[str, Sequence[tuple[str, str]]]

DATE_MEMBER: Edits = {
    "model/vocabularies.py": [
        ('    NUMBER = "number"\n', '    NUMBER = "number"\n    DATE = "date"\n')
    ],
}
DATE: Edits = {
    "model/kinds.py": [
        ("import re\n", "import datetime\nimport re\n"),
        (
            "@dataclass(frozen=True, slots=True, kw_only=True)\nclass AnswerKind:",
            '''class Days:
    """Dates, as the number of days since the first of the year 1."""

    digits = False
    one = "a date like 2027-11-01"
    first = 1
    pattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def read(self, written: str) -> int | None:
        """Return the day of a date like 2027-11-01."""
        try:
            read = datetime.date.fromisoformat(written)
        except ValueError:
            return None
        return read.toordinal() if read.isoformat() == written else None

    def write(self, number: int) -> str:
        """Return a day as a date."""
        return datetime.date.fromordinal(number).isoformat()

    def takes(self, low: int, high: int, unit: str) -> str:
        """Return what may be given, in words."""
        del unit
        return f"{self.one}, {self.write(low)} to {self.write(high)}"

    def asks(self, low: int, high: int, unit: str) -> str:
        """Return what may be typed, in words for the one who asks."""
        return self.takes(low, high, unit)

    def schema(self, low: int, high: int) -> Mapping[str, str | int]:
        """Return the JSON schema of a date."""
        del low, high
        return {"type": "string", "pattern": f"^{self.pattern}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKind:''',
        ),
        (
            "def _how(",
            (
                'DATE = AnswerKind(meaning="a date", offered=6, answers={}, scale=Days())\n'
                "\n\ndef _how("
            ),
        ),
        (
            "        case Kind.NUMBER:\n            return NUMBER\n",
            (
                "        case Kind.NUMBER:\n            return NUMBER\n"
                "        case Kind.DATE:\n            return DATE\n"
            ),
        ),
    ],
}
EQUIP_MEMBER: Edits = {
    "model/rule.py": [
        (
            "@dataclass(frozen=True, slots=True)\nclass Confirm:",
            '''@dataclass(frozen=True, slots=True)
class Equip:
    """Bring something along."""

    item: str


@dataclass(frozen=True, slots=True)
class Confirm:''',
        ),
        ("    | Advise\n", "    | Advise\n    | Equip\n"),
    ],
}
EQUIP: Edits = {
    "model/conclusion_forms.py": [
        ("    Confirm,\n", "    Confirm,\n    Equip,\n"),
        (
            '    "confirm": ConclusionForm(',
            """    "equip": ConclusionForm(
        "bring something along", (Slot("equip", "What, in a word? ", "text"),), kind=Equip
    ),
    "confirm": ConclusionForm(""",
        ),
    ],
    "model/conclusions.py": [
        ("    Confirm,\n", "    Confirm,\n    Equip,\n"),
        (
            "Advise(name) | AtClearance(name):\n            return name\n",
            (
                "Advise(name) | AtClearance(name):\n            return name\n"
                "        case Equip(name):\n            return name\n"
            ),
        ),
        (
            "        case OfferOnly(names):\n            return tuple((S",
            (
                "        case Equip():\n            return ()\n"
                "        case OfferOnly(names):\n            return tuple((S"
            ),
        ),
        (
            '            return f"advise {advice}"\n',
            (
                '            return f"advise {advice}"\n'
                '        case Equip(item):\n            return f"equip {item}"\n'
            ),
        ),
        (
            '            return f"say: {knowledge.advice[advice].text}"\n',
            (
                '            return f"say: {knowledge.advice[advice].text}"\n'
                '        case Equip(item):\n            return f"bring along: {item}"\n'
            ),
        ),
        (
            "| Limit() | Advise() | Confirm() | Move():\n            return True",
            "| Limit() | Advise() | Confirm() | Move() | Equip():\n            return True",
        ),
        (
            "LISTINGS = (ADVICE,)\n",
            """EQUIPMENT = Listing(
    "equipment",
    "Bring along",
    "bring",
    "to bring along",
    "not to bring",
    ids=lambda knowledge: said_of(knowledge, Equip),
    text=lambda _, name: name,
)
LISTINGS = (ADVICE, EQUIPMENT)
""",
        ),
        (
            "            return ADVICE\n",
            "            return ADVICE\n        case Equip():\n            return EQUIPMENT\n",
        ),
        (
            "        case Recommend() | OfferOnly() | Move() | Keep():\n",
            "        case Recommend() | OfferOnly() | Move() | Keep() | Equip():\n",
        ),
        (
            "| Advise() | AtClearance():\n            return Met",
            "| Advise() | AtClearance() | Equip():\n            return Met",
        ),
        (
            "            return Noticing(frozenset((Verb.ADVISE,)))\n",
            (
                "            return Noticing(frozenset((Verb.ADVISE,)))\n"
                "        case Equip():\n            return Noticing(frozenset((Verb.EQUIP,)))\n"
            ),
        ),
        (
            "        case Recommend() | Modify() | Keep() | Advise():\n",
            "        case Recommend() | Modify() | Keep() | Advise() | Equip():\n",
        ),
    ],
    "model/case_library.py": [
        ('    ADVISE = "advise"\n', '    ADVISE = "advise"\n    EQUIP = "equip"\n'),
        (
            "            case Verb.ADVISE:\n                return (Sort.ADVICE,)\n",
            (
                "            case Verb.ADVISE:\n                return (Sort.ADVICE,)\n"
                "            case Verb.EQUIP:\n                return ()\n"
            ),
        ),
    ],
    "assess/relevant_questions.py": [
        ("    Confirm,\n", "    Confirm,\n    Equip,\n"),
        ("        case Advise():\n", "        case Advise() | Equip():\n"),
    ],
    "testing/claims.py": [
        ("            case Verb.ADVISE:\n", "            case Verb.ADVISE | Verb.EQUIP:\n")
    ],
}
QUESTION = """\
  - id: last_scan
    ask: When was your last scan?
    short: Last scan
    kind: date
    from: 1990-01-01
    to: 2035-12-31
    harmless: 2010-01-01
"""
RULE = """\
id: bring-the-scan
title: Recent scan
status: draft
when: last_scan >= 2026-01-15
then: {equip: scan}
because: Planted.
evidence: [{source: SOURCE, at: planted, grade: seed}]
review: {due: 2099-01-01}
examples:
  - {name: Recent, given: {last_scan: 2026-02-01}, expect: fires}
  - {name: Long ago, given: {last_scan: 2012-02-01}, expect: silent}
  - {name: Not asked yet, given: {}, expect: undecided}
"""
CASE = """\
id: brings-a-scan
title: Brings a scan
kind: synthetic
answers: {last_scan: 2026-02-01}
harmless_rest: all
expect: {must: [equip scan], rules: [bring-the-scan]}
note: Planted.
"""


def apply(package: Path, edits: Edits) -> None:
    for name, changes in edits.items():
        path = package / name
        text = path.read_text()
        for old, new in changes:
            if text.count(old) < 1:
                sys.exit(f"{name} has no {old!r} any more: the recipe has changed")
            text = text.replace(old, new, 1)
        path.write_text(text)


def tell(*lines: str) -> None:
    sys.stdout.write("\n  ".join(lines) + "\n")


def checked(copy: Path) -> list[str]:
    """Return what the type checker says of the copy."""
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary"],
        cwd=copy, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode and not run.stdout:
        sys.exit(f"the type checker did not run: {run.stderr.strip()}")
    return run.stdout.splitlines()


def planted(copy: Path, what: str, member: Edits, rest: Edits) -> None:
    """Plant a member, print what is named, plant the rest, and see that nothing is named."""
    package = copy / "screening"
    apply(package, member)
    named = checked(copy)
    tell(f"{what}: with the member alone, {len(named)} places are named", *named)
    if not named:
        sys.exit("the type checker names no place that must decide")
    apply(package, rest)
    left = checked(copy)
    if left:
        sys.exit("\n".join(("after the recipe:", *left)))
    files = sorted({*member, *rest})
    tell(f"{what}: {len(files)} files:", *files)
    if len(files) > MOST_FILES:
        sys.exit("too many")


def screen(copy: Path, *words: str, code: int = 0, said: str = "") -> str:
    """Return what a command of the copy prints."""
    run = subprocess.run(
        [sys.executable, "cli.py", *words], cwd=copy, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(copy)}, check=False, input=said,
    )  # fmt: skip
    if run.returncode != code:
        sys.exit(f"{' '.join(words)}: exit {run.returncode}\n{run.stdout}\n{run.stderr}")
    return run.stdout


def see(found: str, *wanted: str) -> None:
    for text in wanted:
        if text not in found:
            sys.exit(f"no {text!r} in:\n{found}")


def main(directory: Path) -> None:
    copy = directory / "planted"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", ".*_cache"))
    planted(copy, "answer kind `date`", DATE_MEMBER, DATE)
    planted(copy, "conclusion kind `equip`", EQUIP_MEMBER, EQUIP)
    knowledge = copy / "knowledge"
    topic = next((knowledge / "questions").glob("*.yaml"))
    topic.write_text(topic.read_text().rstrip() + "\n" + QUESTION)
    source = next(
        line.split("key:")[1].split(",")[0].strip()
        for line in (knowledge / "sources.yaml").read_text().splitlines()
        if "key:" in line
    )
    (knowledge / "rules" / "planted").mkdir()
    (knowledge / "rules" / "planted" / "bring-the-scan.yaml").write_text(
        RULE.replace("SOURCE", source)
    )
    (knowledge / "cases" / "brings-a-scan.yaml").write_text(CASE)
    works(copy)


def works(copy: Path) -> None:
    """See both kinds at work, from the interview to a proof."""
    screen(copy, "knowledge", "check")
    base = ("--knowledge", "knowledge")
    listed = screen(copy, "knowledge", "list", "questions", "--format", "json", *base)
    answers = {q["id"]: q["harmless"] for q in json.loads(listed) if q["asked"]}
    answers["last_scan"] = "2026-02-01"
    whole, rest, secret = (copy / name for name in ("whole.yaml", "rest.yaml", "secret"))
    lines = [f"  {name}: {value}\n" for name, value in answers.items()]
    whole.write_text("answers:\n" + "".join(lines))
    rest.write_text("answers:\n" + "".join(line for line in lines if "last_scan" not in line))
    secret.write_text("a passphrase of some length\n")
    secret.chmod(0o600)
    intake = str(whole)
    see(screen(copy, "run", intake, "--format", "json", *base), '"equipment": [', '"id": "scan"')
    see(screen(copy, "run", intake, *base), "BRING ALONG", "- scan")
    see(screen(copy, "explain", intake, "--why", "scan", *base), "Last scan: 2026-02-01")
    what_if = ("--what-if", "last_scan=2012-01-01")
    see(screen(copy, "explain", intake, *what_if, *base), "equipment scan")
    store = ("--store", str(copy / "store"), "--passphrase-file", str(secret))
    said = "31 Jan\n2026-02-01\n\n\n"
    asked = screen(copy, "interview", "--answers", str(rest), *store, *base, said=said)
    see(asked, "BRING ALONG")
    table, out = copy / "in.csv", copy / "out.csv"
    others = {**answers, "last_scan": "2012-01-01"}, {**answers, "last_scan": "738000"}
    rows = [["client", *answers]]
    rows += [[f"c{n}", *one.values()] for n, one in enumerate((answers, *others))]
    table.write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
    screen(copy, "batch", str(table), str(out), *base, code=1)
    see(out.read_text(), "equipment", "scan: bring-the-scan")
    see((copy / "out.rejected.csv").read_text(), "3,c2,last_scan,`738000`")
    screen(copy, "knowledge", "prove", "answers-matter", *base)
    mutants = ("--mutants", "--format", "json")
    words = ("knowledge", "test", "bring-the-scan", "brings-a-scan", *mutants, *base)
    see(screen(copy, *words, code=1), "last_scan >=")
    tell("both kinds work in interview, run, explain, batch, prove and mutants")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
