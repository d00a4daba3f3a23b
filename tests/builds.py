"""How the program under test was built."""


def has_asan(program):
    cache = program.resolve().parent.parent / "CMakeCache.txt"
    return cache.exists() and "LUTIST_SANITIZE:STRING=address" in cache.read_text()
