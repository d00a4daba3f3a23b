"""Scripts: found, run, and their imports."""
