"""The mode ctypes: a copy of the pixels, then three Python threads that each call C.

The C function takes every third sample (host/pipe/program/ctypes_entry.h). ctypes releases the
GIL around it, so the threads run in parallel.
"""

from threading import Thread

from ..surroundings import library
from . import missing

try:
    import ctypes
except ImportError as error:  # a Python that was built without libffi
    raise missing("ctypes", "ctypes", error, "use a complete build of Python") from None

STRIP = 1 << 20  # pixels
PARTS = 3
ASK = 0.05  # seconds between questions whether to go on


def _function():
    function = ctypes.CDLL(library()).lutist_map_third
    size, pointer = ctypes.c_size_t, ctypes.c_void_p
    whole = ctypes.c_int
    function.argtypes = [pointer, whole, whole, whole, whole, pointer, size, pointer, size]
    function.restype = None
    return function


_map_third = _function()


def run(job):
    in_place = job.made == job.channels
    if in_place:
        memoryview(job.result)[:] = memoryview(job.source)
    parts = [Part(job, part, in_place) for part in range(PARTS)]
    try:
        for part in parts:
            part.start()
        while any(part.is_alive() for part in parts):
            _slowest(parts).join(ASK)
            if not job.tick(_slowest(parts).rows / job.height):
                return False
    finally:
        for part in parts:
            part.stop = True
        for part in parts:
            _join(part)
    for part in parts:
        if part.error:
            raise part.error
    return job.tick(1.0)


def _slowest(parts):
    return min(parts, key=lambda part: (not part.is_alive(), part.rows))


def _join(part):
    """Wait for the thread even when interrupted: it writes to the result."""
    interrupt = None
    while part.is_alive():
        try:
            part.join()
        except KeyboardInterrupt as error:
            interrupt = error
    if interrupt:
        raise interrupt


class Part(Thread):
    """A third of the image, a strip of rows after the other."""

    def __init__(self, job, part, in_place):
        super().__init__(name=f"lutist-third-{part}")
        self.job, self.part, self.in_place = job, part, in_place
        self.rows, self.stop, self.error = 0, False, None

    def run(self):
        try:
            self._run()
        except Exception as error:
            self.error = error

    def _run(self):
        job = self.job
        sample = job.depth // 8
        pitch, result_pitch = job.pitch * sample, job.result_pitch * sample
        result = job.result.address
        source, pitch = (result, result_pitch) if self.in_place else (job.source.address, pitch)
        down = max(STRIP // job.width, 1)
        for top in range(0, job.height, down):
            if self.stop:
                return
            rows = min(down, job.height - top)
            _map_third(
                job.address,
                self.part,
                job.channels,
                job.width,
                rows,
                source + top * pitch,
                pitch,
                result + top * result_pitch,
                result_pitch,
            )
            self.rows = top + rows
