"""Whole files, by programs as they are used: lutist batch and others, each a process or a pool.

The process that measures imports no NumPy: its own memory would count in what it starts.
"""
