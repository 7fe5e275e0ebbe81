"""From rules to their mutants, and whether the tests of the knowledge notice them."""
