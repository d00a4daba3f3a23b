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

/* One index of a parallel loop: `results` begins with n; fib(n) goes to
 * results[1 + index]. */
EXPORT void fib_index(void *results, int index);

#endif
