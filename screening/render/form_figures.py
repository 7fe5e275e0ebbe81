"""From a figure as SVG to lists that a form's script draws again: shorter, and never markup."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from screening.render.json_form import Json


def figure_rows(svg: str) -> Json:
    """Return an element as `[tag, attributes, text or children]`; a path as `[class, d]`.

    >>> figure_rows('<svg xmlns="x"><title>A</title><path class="g" d="M0 0"/></svg>')
    ['svg', {}, [['title', {}, 'A'], ['g', 'M0 0']]]
    """
    return _rows(ET.fromstring(svg))  # noqa: S314 - drawn by this program


def _rows(node: ET.Element) -> Json:
    tag = node.tag.rpartition("}")[2]
    if tag == "path" and set(node.attrib) == {"class", "d"}:
        return [node.attrib["class"], node.attrib["d"]]
    inner: Json = [_rows(one) for one in node] if len(node) else (node.text or "")
    return [tag, dict(node.attrib), inner]
