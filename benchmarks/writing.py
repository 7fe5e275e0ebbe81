"""How long it takes to write a rule with `docs/how-to-extend.md`: `python benchmarks/writing.py`.

The commands of its first four steps are run as a reader would, in a new home, and timed. Reading
and typing are not measured: they are estimated from the words and characters there are.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to-extend.md"
TYPED = "ease-off-overhead.txt"
PACES = {  # words read and characters typed in a minute
    "at an average pace": (238, 200),  # Brysbaert 2019, J Mem Lang 109:104047; typing: our guess
    "slowly": (175, 120),  # the slow end of the same review; typing: our guess
}
STEPS = re.compile(r"\A.*?(?=^## Give it)", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)
FROM_FILE = re.compile(r" < \S+$")  # at the keyboard nobody types it
SCREENING = re.compile(r"\bscreening (?=knowledge)")


def main() -> None:
    """Run the steps, and print what was measured and what is estimated."""
    steps = STEPS.search(PAGE.read_text("utf-8"))
    if steps is None:
        sys.exit("the page has no steps")
    commands = COMMAND.findall(steps[0])
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "SCREENING_HOME": f"{home}/kept", "COLUMNS": "80"}
        env["PYTHONPATH"] = str(ROOT)
        env["SCREENING_KNOWLEDGE"] = f"{home}/my-knowledge"
        ran = [(command, seconds(command, env)) for command in commands]
    for command, took in ran:
        print(f"{took:6.1f} s  {command}")
    machine = sum(took for _, took in ran) / 60
    words = len(steps[0].split())
    answers = (PAGE.parent / "examples" / TYPED).read_text("utf-8")
    characters = sum(len(FROM_FILE.sub("", command)) for command in commands) + len(answers)
    print(f"{machine:.1f} minutes of the machine, measured")
    print(f"{words} words to read, of the page and of what is printed")
    print(f"{characters} characters to type, commands and answers")
    for pace, (reads, types) in PACES.items():
        read, typed = words / reads, characters / types
        print(f"{pace}: {read:.1f} + {typed:.1f} + {machine:.1f} = {read + typed + machine:.1f}")


def seconds(command: str, env: dict[str, str]) -> float:
    """Return how long a command takes."""
    start = time.perf_counter()
    own = SCREENING.sub(f"{sys.executable} -m screening ", command)
    subprocess.run(["bash", "-c", own], cwd=ROOT, env=env, check=False, capture_output=True)  # noqa: S607
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
