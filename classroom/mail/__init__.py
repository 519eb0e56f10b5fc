"""Letters: a slice posts a row in its own transaction; a worker makes the letter and sends it."""
