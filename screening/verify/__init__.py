"""From invariants to proofs, and from two knowledge bases to what differs in meaning."""
