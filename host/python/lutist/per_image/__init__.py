"""Parameters that follow the picture: what lutist.batch knows of a file, and asks of it."""
