"""What the host itself calls: jobs, error texts, doctor."""
