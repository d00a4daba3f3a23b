"""A mapping in one of Python's modes that waits at a point that the test chooses.

It goes on reporting how far it is, so it can be stopped, hurried and interrupted as one that a
slow machine is busy with.
"""

import os

LOOK = """
# The usual look. Every mapping waits when it has done as much as the gate lets through.
import time

from lutist import Slider, modes, pipeline, tone

run = modes.run


def gate():
    with open(GATE) as file:
        return float(file.read())


def held(*work):
    *work, tick = work

    def slowly(part):
        while part >= gate():
            if not tick(part):
                return False
            time.sleep(0.01)
        return tick(part)

    with open(PASSES, "a") as file:
        print("one more", file=file)
    return run(*work, slowly)


modes.run = held


@pipeline
def develop(exposure: Slider(-1, 1) = 0.0, gamma: Slider(0.1, 2.0) = 1.0):
    return tone(lambda x: (x * 2**exposure) ** (1 / gamma))
"""


class Gate:
    """look: the script; open at first."""

    def __init__(self, folder):
        self.path, self.passes = folder / "gate.txt", folder / "passes.txt"
        self.look = folder / "held.py"
        self.look.write_text(f"GATE, PASSES = {str(self.path)!r}, {str(self.passes)!r}\n{LOOK}")
        self.passes.touch()
        self.open()

    def hold(self, part):
        """Stop mappings that have done this part, or more, of their pixels."""
        draft = self.path.with_suffix(".new")
        draft.write_text(str(part))
        os.replace(draft, self.path)

    def open(self):
        self.hold(2)

    def begun(self):
        """How many mappings have begun so far."""
        return self.passes.read_text().count("\n")
