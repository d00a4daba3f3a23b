"""The pictures of docs/stages.md and docs/looks.md."""
