"""Many intakes at once: a table in, a row of results for each client out, nothing dropped."""
