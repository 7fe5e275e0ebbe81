"""`screening` with words as they are typed, in this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from screening.cli import main


def typed(*words: object, stdin: str | bytes | None = None, home: Path | None = None) -> Result:
    """Run a command and return what came of it; `home` is where its records are."""
    env = {} if home is None else {"SCREENING_HOME": str(home)}
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin, env=env)


def printed(*words: object, stdin: str | None = None) -> str:
    """Run a command that ends well; return what it printed."""
    result = typed(*words, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout
