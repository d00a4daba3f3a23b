"""The use of each core over time: by everything (/proc/stat) and by one row's threads.

As a program it prints samples until its standard input closes. It is a process of its own,
so that neither a GIL nor the work it watches holds it up.
"""

import os
import select
import subprocess
import sys
import threading
import time
from itertools import pairwise

INTERVAL = 0.05
IDLE, IOWAIT, COLUMNS = 3, 4, 8  # of /proc/stat: user nice system idle iowait irq softirq steal
SESSION, PROCESSOR = 3, 36  # of /proc/PID/stat, counted from the state, behind the name


class Sampler:
    """with Sampler() as s: s.watch(pid); …; then s.lines."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-I", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines = []
        self.reader = threading.Thread(target=self.lines.extend, args=(self.process.stdout,))
        self.reader.start()
        return self

    def watch(self, session):
        """Begin, for the processes of that session."""
        print(session, file=self.process.stdin, flush=True)

    def __exit__(self, *_error):
        self.process.stdin.close()
        self.reader.join()
        self.process.stdout.close()
        self.process.wait()


def use(lines, begin, end):
    """Shares from 0 to 1: {"times": seconds since begin, "own": a list a core, "all": the same}."""
    rows = [[float(word) for word in line.split()] for line in lines]
    rows = [row for row in rows if begin - INTERVAL <= row[0] <= end + INTERVAL]
    times, own, everything = [], [], []
    for before, after in pairwise(rows):
        passed = after[0] - before[0]
        delta = [b - a for a, b in zip(before, after, strict=True)]
        times.append(round((before[0] + after[0]) / 2 - begin, 3))
        own.append([share(seconds, passed) for seconds in delta[3::3]])
        everything.append([share(*pair) for pair in zip(delta[1::3], delta[2::3], strict=True)])
    return {"times": times, "own": turned(own), "all": turned(everything)}


def share(part, whole):
    return round(min(max(part / whole, 0), 1), 3) if whole > 0 else 0.0


def turned(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def ticks():
    """(busy, all) of each core."""
    with open("/proc/stat") as file:
        lines = [line.split() for line in file if line[:3] == "cpu" and line[3].isdigit()]
    cores = [[int(word) for word in line[1 : COLUMNS + 1]] for line in lines]
    return [(sum(core) - core[IDLE] - core[IOWAIT], sum(core)) for core in cores]


def fields(path):
    """Of a stat file, from the state on: the name before it may hold anything."""
    with open(path) as file:
        return file.read().rpartition(")")[2].split()


class Watch:
    """CPU seconds of a session's threads, booked on the core each was last seen on."""

    def __init__(self, session, cores):
        self.session = session
        self.used = [0.0] * cores
        self.strangers = set()
        self.before = {}

    def members(self):
        for name in os.listdir("/proc"):
            if name.isdigit() and name not in self.strangers:
                if int(fields(f"/proc/{name}/stat")[SESSION]) == self.session:
                    yield name
                else:
                    self.strangers.add(name)

    def book(self, thread):
        with open(f"{thread}/schedstat") as file:
            now = int(file.read().split()[0]) / 1e9
        core = int(fields(f"{thread}/stat")[PROCESSOR])
        if core < len(self.used):
            self.used[core] += now - self.before.get(thread, 0.0)
        self.before[thread] = now

    def update(self):
        try:
            for process in self.members():
                for thread in os.listdir(f"/proc/{process}/task"):
                    self.book(f"/proc/{process}/task/{thread}")
        except OSError:
            pass  # one has just ended


def main():
    watch = Watch(int(sys.stdin.readline() or 0), len(ticks()))
    while not select.select([sys.stdin], [], [], INTERVAL)[0]:
        watch.update()
        cores = zip(ticks(), watch.used, strict=True)
        words = [f"{busy} {total} {own:.6f}" for (busy, total), own in cores]
        print(f"{time.monotonic():.6f}", *words, flush=True)


if __name__ == "__main__":
    main()
