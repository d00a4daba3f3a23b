"""A row of the lab."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A strategy. `work(settings)` measures it in a process of its own.

    It returns wall_s and cpu_s, and where they apply n or samples, work (an amount, so that
    rows of different size compare), note, extrapolated. It raises Missing where the machine
    lacks something.
    """

    key: str
    group: str
    strategy: str
    work: Callable[[dict], dict]
    base: str = ""  # key of one thread doing the same; "": the row is one thread itself
    origin: str = ""  # key of plain Python doing the same; "": there is none
    copies: bool = False  # is the data copied on its way to the worker?
    published: str = ""  # the tutorial's figure
    threads: int = 1  # of the host's pool; 0: all
    env: dict = field(default_factory=dict)
