"""Ready-made stages, by topic: each is a few lines on top of tone(), matrix() and cube()."""
