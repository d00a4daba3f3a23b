"""The ways round Python's global interpreter lock that gil_lab.py measures."""
