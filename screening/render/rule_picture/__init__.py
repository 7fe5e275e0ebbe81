"""The picture of the rules that lead to something: from answers to what is concluded."""

from screening.render.rule_picture.drawn import KEY, Link, picture_file, picture_svg
from screening.render.rule_picture.graph import RuleGraph, leading_to, targets

__all__ = ["KEY", "Link", "RuleGraph", "leading_to", "picture_file", "picture_svg", "targets"]
