"""From the records of clients to what is shown, exported and followed up of them."""
