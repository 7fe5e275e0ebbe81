"""From rules to statements a solver decides: what can be answered, and what then follows."""
