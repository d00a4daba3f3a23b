"""Data-bound rows: complex numbers go to idle workers and back."""

import multiprocessing
from array import array
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, pairwise
from multiprocessing.shared_memory import SharedMemory

from ..measure import Wrong, measured, timed
from ..row import Row
from ..work import echo, echo_shared
from .cpu_python import spawning_executor

GROUP = "Data there and back"
BYTES_EACH = 70  # of the parent's memory: an object, its place in a list, a share of a pickle
LONGEST = 50  # seconds that a row may be expected to take


def memory_available():
    with open("/proc/meminfo") as file:
        lines = dict(line.split(":") for line in file)
    return int(lines["MemAvailable"].split()[0]) * 1024


def fitting(samples):
    """samples, or as many as half of the free memory holds."""
    return min(samples, memory_available() // 2 // BYTES_EACH)


def chunks_of(samples, size):
    return [
        [complex(i, i) for i in range(begin, min(begin + size, samples))]
        for begin in range(0, samples, size)
    ]


def chunk_size(settings):
    return max(1, settings["samples"] // 150)


def drain(results, chunks):
    """Take results as they come and keep none: (how many, the first and last numbers)."""
    count, ends = 0, []
    for chunk in results:
        count += len(chunk)
        ends = [*ends[:1], chunk[-1]] if ends else [chunk[0], chunk[-1]]
    return count, ends


def check_echo(samples):
    def check(value):
        if value != (samples, [0j, complex(samples - 1, samples - 1)]):
            raise Wrong(f"wrong result: {value}")

    return check


def echoed(run, samples, size, settings):
    """The row of run(chunks), an iterator of the same chunks."""
    chunks = chunks_of(samples, size)
    row = measured(lambda: drain(run(chunks), chunks), settings, check_echo(samples))
    note = f"{len(chunks)} chunks of {size}"
    return {**row, "samples": samples, "work": samples, "note": note}


def in_turn(settings):
    size = chunk_size(settings)
    return echoed(partial(map, echo), fitting(settings["samples"]), size, settings)


def executor(make, settings):
    """executor.map over chunks. A first few say how many numbers the row can afford."""
    size = chunk_size(settings)

    def run(chunks):
        with make(settings["cores"]) as workers:
            yield from workers.map(echo, chunks)

    trial = chunks_of(4 * size, size)
    seconds = timed(lambda: drain(run(trial), trial))[1]["wall_s"] / (4 * size)
    samples = min(fitting(settings["samples"]), int(LONGEST / seconds))
    return echoed(run, samples, size, settings)


def shares(size, count):
    edges = [size * i // count for i in range(count + 1)]
    return list(pairwise(edges))


def through_block(block, half, cores):
    """Workers copy the first half of a shared block into its second half."""
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=echo_shared, args=(block.name, *share))
        for share in shares(half, cores)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def packed(samples):
    """Real and imaginary parts as doubles."""
    numbers = (complex(i, i) for i in range(samples))
    return array("d", chain.from_iterable((z.real, z.imag) for z in numbers))


def unpacked(buffer):
    parts = iter(buffer)
    return [complex(real, imaginary) for real, imaginary in zip(parts, parts, strict=True)]


def in_block(samples, work):
    """work(block, half) with a shared block of two halves, each for that many numbers."""
    half = 16 * samples
    block = SharedMemory(create=True, size=2 * half)
    try:
        return work(block, half)
    finally:
        block.close()
        block.unlink()


def shared(settings):
    """The numbers lie in shared memory before and after, as bytes."""
    samples = fitting(settings["samples"])

    def work(block, half):
        block.buf[:half] = packed(samples).tobytes()

        def check(_value):
            if block.buf[half : 2 * half] != block.buf[:half]:
                raise Wrong("the second half of the block is not the first")

        return measured(lambda: through_block(block, half, settings["cores"]), settings, check)

    row = in_block(samples, work)
    return {**row, "samples": samples, "work": samples, "note": "bytes before and after"}


def shared_packed(settings):
    """The numbers are Python objects before and after: packed, passed and unpacked."""
    samples = fitting(settings["samples"])
    chunk = [complex(i, i) for i in range(samples)]

    def through(block, half):
        flat = array("d", chain.from_iterable((z.real, z.imag) for z in chunk))
        block.buf[:half] = memoryview(flat).cast("B")
        through_block(block, half, settings["cores"])
        with block.buf[half : 2 * half].cast("d") as numbers:
            return drain([unpacked(numbers)], [chunk])

    row = measured(lambda: in_block(samples, through), settings, check_echo(samples))
    return {**row, "samples": samples, "work": samples, "note": "packed, passed and unpacked"}


def rows(_cores):
    """In the order of the table."""

    def row(key, strategy, work, published="", **more):
        published = published and f"15,000,000 numbers: {published}"
        return Row(key, GROUP, strategy, work, published=published, **more)

    yield row("echo-one", "one thread", in_turn)
    yield row(
        "echo-threads",
        "ThreadPoolExecutor",
        partial(executor, ThreadPoolExecutor),
        "0.00 s",
        base="echo-one",
    )
    yield row(
        "echo-processes",
        "ProcessPoolExecutor",
        partial(executor, spawning_executor),
        "45.03 s",
        base="echo-one",
        copies=True,
    )
    yield row("echo-shared", "shared_memory, bytes already", shared, base="echo-one")
    yield row(
        "echo-packed",
        "shared_memory, from and to objects",
        shared_packed,
        base="echo-one",
        copies=True,
    )
