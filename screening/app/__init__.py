"""Use cases: what happens in an interview, a follow-up, a referral or an audit."""
