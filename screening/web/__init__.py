"""The page: a local web server that is a driver of `app`, as the command line is.

Requests come one after the other, on one thread, so that nothing here needs a lock. `serving.py`
listens; `site.py` lets in whom `guard.py` and `visits.py` allow, and finds the view in
`routes.py`; a function of `views/` calls `app` or a `PageInterview`, and `pages.py` makes HTML of
what comes back. Nothing works by script, and nothing is asked of any other address.

The map: docs/architecture.md.
"""
