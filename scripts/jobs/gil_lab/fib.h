/* fib — the work of the GIL lab's native rows: recursive Fibonacci, deliberately slow.
 *
 * Threads: any.
 * Python:  unaware; call with the GIL released where it should not hold others up.
 */
#ifndef GIL_LAB_FIB_H
#define GIL_LAB_FIB_H

#define EXPORT __attribute__((visibility("default")))

EXPORT long fib(int n);

/* fib(n) once on each of `count` new threads; the sum, or -1 where one cannot start. */
EXPORT long fib_on_threads(int n, int count);

#endif
