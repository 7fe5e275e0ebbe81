"""Engines: each turns answers into an `Outcome`; the reference is the meaning."""
