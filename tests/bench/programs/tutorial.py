"""The tutorial that the task comes from: a copy of the array, then one ctypes thread a channel,
each with every third byte. Its cast truncates."""

import threading

import native
from measure import Work
from tasks import GAINS, POWER

NAME = "tutorial"

process = native.library().tutorial_process


def works(task, cores):
    if task.key != ("lut1d", "u8x3", 1):
        return []

    def run():
        pixels = task.source.copy()
        address, size = pixels.ctypes.data, pixels.size
        threads = [
            threading.Thread(target=process, args=(address, size, channel, GAINS[0], POWER))
            for channel in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return pixels

    return [Work("copy, 3 ctypes threads", 3, run)]
