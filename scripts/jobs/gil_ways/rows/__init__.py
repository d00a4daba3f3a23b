"""The rows of the lab, a module for each kind."""
