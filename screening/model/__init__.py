"""The frozen types every stage speaks: conditions, questions, rules, cases, assessments."""
