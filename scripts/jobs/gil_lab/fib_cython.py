"""fib(n) in Cython's pure-Python syntax: ordinary Python as it is, C once compiled."""

try:
    import cython
except ImportError as missing:
    raise ImportError("pip install 'cython>=3'") from missing


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _fib(n: cython.int) -> cython.long:
    return n if n < 2 else _fib(n - 1) + _fib(n - 2)


def fib(n: cython.int):
    """The n-th Fibonacci number; compiled, without the GIL."""
    result: cython.long
    with cython.nogil:
        result = _fib(n)
    return result
