"""The lab's tables, charts and files."""
