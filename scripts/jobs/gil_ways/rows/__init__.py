"""What the lab measures: a module for each kind of row."""
