"""Functions that the host calls: jobs, error texts, doctor."""
