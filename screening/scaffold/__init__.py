"""For authors who write: new rules, questions and packs by being asked, and a rule's life."""
