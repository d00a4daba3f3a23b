"""bits.py in two sub-interpreters at once, each with a GIL of its own; then in the main one."""

import os
import sys
from pathlib import Path
from threading import Barrier, Thread

import _interpreters as interpreters

HERE = str(Path(__file__).parent)
CODE = f"""
import os, sys
sys.path.append({HERE!r})
import bits, lutist
os.read({{begin}}, 1)
lines = list(bits.digests())
busy = lutist.Image.from_buffer(memoryview(bytes(900_000)).cast("B", (500, 600, 3)))
for i in range(20):
    lutist.load("exposure").apply(busy, exposure=i / 20)
with open({{result}}, "w", closefd=True) as file:
    file.write("\\n".join(lines))
"""


def main():
    failures, results, ready = [], [], Barrier(3)
    begin, go = os.pipe()

    def work():
        back, result = os.pipe()
        results.append(os.fdopen(back))
        inside = interpreters.create("isolated")
        ready.wait()
        failed = interpreters.run_string(inside, CODE.format(begin=begin, result=result))
        if failed is not None:
            failures.append(failed.errdisplay)
            os.close(result)
        interpreters.destroy(inside)

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    ready.wait()
    os.write(go, b"..")
    texts = [file.read() for file in results]
    for thread in threads:
        thread.join()
    assert not failures, failures
    sys.path.append(HERE)
    import bits

    here = "\n".join(bits.digests())
    assert texts == [here, here], "a sub-interpreter gives other bits"
    print(here)


if __name__ == "__main__":
    main()
