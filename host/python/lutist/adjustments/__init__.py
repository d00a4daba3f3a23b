"""Ready-made stages, by topic: each is a few lines on top of tone(), matrix() and cube().

Every stage checks its arguments: TypeError for an object of another type, ValueError for a value
out of its range, both in one line that begins with the stage.
"""
