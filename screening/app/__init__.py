"""Use cases: what happens in an interview, a follow-up, a referral or an audit.

Below it is no command line: a web page or a test calls the same functions.
The map: docs/architecture.md.
"""
