"""The work itself, in a module that worker processes can import."""

import threading


def fib(n):
    """The n-th Fibonacci number by plain recursion."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fib_value(n):
    """The same without the recursion, to check results with."""
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def calls(n):
    """How many calls fib(n) makes in all: the amount of work in it."""
    return 2 * fib_value(n + 1) - 1


def in_turn(function, n, count):
    """function(n) count times on this thread; the results."""
    return [function(n) for _ in range(count)]


def on_threads(function, n, count):
    """function(n) on each of count threads at once; the results."""
    results = [None] * count

    def run(index):
        results[index] = function(n)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def deliver(queue, n):
    """A worker process's whole life."""
    queue.put(fib(n))


def echo(data):
    """There and back."""
    return data


def echo_shared(name, begin, end):
    """Copy bytes [begin, end) of a shared block's first half into its second half."""
    from multiprocessing.shared_memory import SharedMemory

    block = SharedMemory(name)
    half = block.size // 2
    block.buf[half + begin : half + end] = block.buf[begin:end]
    block.close()
