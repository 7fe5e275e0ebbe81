"""Figures from joint angles: bodies in space, pictures of them, their words, and what is wrong.

It draws what `model.figure` describes, and reads no files. The map: docs/architecture.md.
"""
