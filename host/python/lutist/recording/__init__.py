"""Curves' functions recorded as expressions, or called with arrays."""
