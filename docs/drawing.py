"""The drawing of the house, from its real imports: floors, rooms, and who imports whom.

`docs/generate.py` writes it to `docs/architecture.svg`. The floors are those of the layers
contract in pyproject.toml, a room's sentence is the first of its package's docstring, and a dot
is at least one import. A red dot is an import of a later stage, or of one on the same floor.
"""

from __future__ import annotations

import ast
import re
import textwrap
from html import escape
from pathlib import Path
from typing import NamedTuple

import grimp
from importlinter import api

ROOT = Path(__file__).parents[1]
ROW, NAME, WORDS, CELL = 30, 112, 530, 26
LEFT, TOP, RIGHT = 12, 104, 60
STYLE = """text{font:13px sans-serif;fill:#222}.room{font-weight:bold}
.words{font-size:11px;fill:#555}.top{font-size:12px}.back{fill:#fff}.floor{fill:#eef3f8}.other{fill:#f8fafc}.own{fill:#dde5ee}
.dot{fill:#2f6690}.up{fill:#c1121f}.line{stroke:#dde5ee}"""


class Room(NamedTuple):
    """A package or a module right below `screening`: its name, floor and stage."""

    name: str
    floor: int
    words: str


def drawing() -> str:
    """Return the drawing as SVG, the same for the same imports between rooms."""
    rooms = _rooms()
    arrows = _arrows(rooms)
    width = LEFT + NAME + WORDS + CELL * len(rooms) + RIGHT
    height = TOP + ROW * len(rooms) + LEFT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">',
        f"<style>{STYLE}</style>",
        f'<rect class="back" width="{width}" height="{height}"/>',
        *(_row(number, room, width) for number, room in enumerate(rooms)),
        *(_column(number, room) for number, room in enumerate(rooms)),
        *(_dot(rooms, *arrow) for arrow in sorted(arrows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rooms() -> list[Room]:
    """Return the rooms from the top floor down."""
    contracts = api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [
        Room(name, floor, _words(name))
        for floor, layer in enumerate(layers)
        for name in re.findall(r"\w+", layer)
        if _source(name).exists()
    ]


def _source(name: str) -> Path:
    package = ROOT / "screening" / name
    return package / "__init__.py" if package.is_dir() else package.with_suffix(".py")


def _words(name: str) -> str:
    docstring = ast.get_docstring(ast.parse(_source(name).read_text("utf-8"))) or ""
    return docstring.splitlines()[0].replace("`", "") if docstring else ""


def _arrows(rooms: list[Room]) -> set[tuple[int, int]]:
    """Return which room imports which, by their numbers."""
    graph = grimp.build_graph("screening", cache_dir=None)
    numbers = {room.name: number for number, room in enumerate(rooms)}
    found = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            ends = tuple(module.split(".")[1] for module in (importer, imported) if "." in module)
            if len(ends) == len(numbers.keys() & set(ends)) == 2:  # noqa: PLR2004 - two ends
                found.add((numbers[ends[0]], numbers[ends[1]]))
    return found


def _row(number: int, room: Room, width: int) -> str:
    y = TOP + ROW * number
    floor = "floor" if room.floor % 2 == 0 else "other"
    return (
        f'<rect class="{floor}" x="0" y="{y}" width="{width}" height="{ROW}"/>'
        f'<text class="room" x="{LEFT}" y="{y + 19}">{room.name}</text>'
        f'<text class="words" x="{LEFT + NAME}" y="{y + 19}">'
        f"{escape(textwrap.shorten(room.words, 92, placeholder=' …'))}</text>"
        f'<rect class="own" x="{_x(number)}" y="{y}" width="{CELL}" height="{ROW}"/>'
    )


def _column(number: int, room: Room) -> str:
    x = _x(number)
    turned = f"translate({x + CELL / 2 + 4},{TOP - 8}) rotate(-60)"
    return (
        f'<line class="line" x1="{x}" y1="{TOP}" x2="{x}" y2="100%"/>'
        f'<text class="top" transform="{turned}">{room.name}</text>'
    )


def _dot(rooms: list[Room], importer: int, imported: int) -> str:
    kind = "dot" if rooms[imported].floor > rooms[importer].floor else "up"
    x, y = _x(imported) + CELL / 2, TOP + ROW * importer + ROW / 2
    title = f"{rooms[importer].name} imports {rooms[imported].name}"
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="6"><title>{title}</title></circle>'


def _x(number: int) -> int:
    return LEFT + NAME + WORDS + CELL * number
