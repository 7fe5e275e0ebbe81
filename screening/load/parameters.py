"""From a written number, or the name of a parameter, to its value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.mapping_reader import WHOLE_NUMBER
from screening.model.terms import Parameter
from screening.schema.keys import ID

NAMED = re.compile(r"\{([^{}]*)\}")
NO_NUMBER = 0  # stands for a number that could not be read


def number_or_name(
    written: str, unit: str, at: Span, parameters: Mapping[str, Parameter], problems: Problems
) -> tuple[int, str] | None:
    """Return a written number and "", or a parameter's value and its name.

    None, with the reason noted, when it is neither, or when the parameter has another unit.
    """
    if WHOLE_NUMBER.fullmatch(written):
        return int(written), ""
    if not ID.shape.fullmatch(written):
        message = f"a whole number or the name of a parameter is expected, found {quoted(written)}"
        problems.add(Code.bad_number, at, message)
        return None
    parameter = parameters.get(written)
    if parameter is None:
        message = f"no parameter {quoted(written)}"
        help_ = suggestion(written, parameters) if parameters else "parameters.yaml holds none"
        problems.add(Code.dangling_parameter, at, message, help_)
        return None
    if parameter.unit != unit:
        message = f"the parameter `{written}` is in {parameter.unit}; {unit} are expected here"
        problems.add(Code.wrong_unit, at, message)
        return None
    return parameter.value, written


def filled(
    text: str, at: Span, parameters: Mapping[str, Parameter], problems: Problems
) -> tuple[str, tuple[str, ...]]:
    """Return a text with each `{name}` replaced by the number, and the names used, in order."""
    names = tuple(dict.fromkeys(NAMED.findall(text)))
    for name in names:
        if name in parameters:
            text = text.replace(f"{{{name}}}", str(parameters[name].value))
        else:
            help_ = suggestion(name, parameters) if parameters else "parameters.yaml holds none"
            problems.add(Code.dangling_parameter, at, f"no parameter {quoted(name)}", help_)
    return text, names
