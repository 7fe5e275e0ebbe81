"""The exceptions of the package: each is bad input, or an engine disagreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.diagnostics import Diagnostic


class ScreeningError(Exception):
    """Anything this package raises on purpose."""


class BadInputError(ScreeningError):
    """What a person wrote cannot be used; holds every diagnostic of the stage."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(str(d) for d in diagnostics))
        self.diagnostics = diagnostics


class UnknownTargetError(ScreeningError):
    """A question was asked about something that does not exist."""


class MisuseError(ScreeningError):
    """What was asked for does not go together; `option` is the one that cannot be used, if any."""

    def __init__(self, message: str, option: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.option = option


class NoPaperError(ScreeningError):
    """A paper was asked for where none is to be written; says why, and what to do instead."""


class UnwritableError(ScreeningError):
    """A result cannot be put where it was asked for."""


class RecordsError(ScreeningError):
    """The store of records cannot do what was asked; says why, and what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message}\n  help: {remedy}" if remedy else message)
        self.message = message
        self.remedy = remedy


class LostClusterError(ScreeningError):
    """The scheduler of a cluster, or its workers, cannot be reached or are gone."""


class CircularFindingsError(ScreeningError):
    """Findings depend on each other; holds one circle, in order."""

    def __init__(self, circle: Sequence[object]) -> None:
        super().__init__("findings depend on each other")
        self.circle = circle


class DisagreementError(ScreeningError):
    """Experta and the reference evaluator concluded differently: our bug, never the user's."""

    def __init__(self, differences: tuple[str, ...]) -> None:
        super().__init__("\n".join(differences))
        self.differences = differences
        self.said = (
            "The two engines disagree, so nothing is concluded. This is our bug:",
            *(f"  {one}" for one in differences),
            "Please report it with the answers that led here.",
        )


def assert_never(value: NoReturn) -> NoReturn:
    """Say that a closed union was handled in full (`typing.assert_never` needs Python 3.11)."""
    raise AssertionError(f"unhandled: {value!r}")
