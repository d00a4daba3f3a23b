"""fib(n) with types, for the compilers that read Python: mypyc, Nuitka, Pythran, Shed Skin."""


# pythran export fib(int)
def fib(n: int) -> int:
    """The n-th Fibonacci number by plain recursion."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)
