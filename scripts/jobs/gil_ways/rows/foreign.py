"""fib(N) once a core in another Python: foreign.py WAY N CORES REPEAT.

Prints wall and CPU seconds of each run as JSON. Started by interpreters.py with a Python that
has what the embedded one lacks; it stands alone, for that Python knows nothing of the lab.
"""

import inspect
import json
import sys
import threading
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def in_turn(n, cores):
    return [fib(n) for _ in range(cores)]


def at_once(target, cores):
    results = [None] * cores

    def run(index):
        results[index] = target()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(cores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def on_threads(n, cores):
    return at_once(lambda: fib(n), cores)


def interpreter_way():
    """(create, exec, destroy): public since 3.14, private under two names before."""
    try:
        from concurrent import interpreters

        return interpreters.create, interpreters.Interpreter.exec, interpreters.Interpreter.close
    except ImportError:
        pass
    try:
        import _interpreters as module
    except ImportError:
        import _xxsubinterpreters as module
    return module.create, module.run_string, module.destroy


def in_interpreter(n):
    """A sub-interpreter that works and answers through a pipe; it shares no object with us."""
    import os

    create, execute, destroy = interpreter_way()
    reader, writer = os.pipe()
    one = create()
    execute(
        one, f"{inspect.getsource(fib)}\nimport os\nos.write({writer}, str(fib({n})).encode())\n"
    )
    destroy(one)
    os.close(writer)
    with open(reader) as pipe:
        return int(pipe.read())


def in_interpreters(n, cores):
    return at_once(lambda: in_interpreter(n), cores)


def in_pool(n, cores):
    """Its interpreters import the function, so it comes from a module and not from __main__."""
    from concurrent.futures import InterpreterPoolExecutor

    from foreign import fib

    with InterpreterPoolExecutor(cores) as workers:
        return list(workers.map(fib, [n] * cores))


WAYS = {
    "one": in_turn,
    "threads": on_threads,
    "interpreters": in_interpreters,
    "pool": in_pool,
}


def main():
    way = WAYS[sys.argv[1]]
    n, cores, repeat = map(int, sys.argv[2:])
    runs = []
    for _ in range(repeat):
        cpu, begin = time.process_time(), time.monotonic()
        results = way(n, cores)
        end = time.monotonic()
        runs.append({"wall_s": end - begin, "cpu_s": time.process_time() - cpu})
        runs[-1]["results"] = results
    print(json.dumps(runs))


if __name__ == "__main__":
    main()
