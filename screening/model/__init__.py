"""The frozen types every stage speaks: conditions, questions, rules, cases, assessments.

Nothing in it computes conclusions or reads anything. The map: docs/architecture.md.
"""
