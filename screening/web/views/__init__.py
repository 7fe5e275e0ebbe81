"""What each address shows and does: a request in, a page or the way to another one out."""
