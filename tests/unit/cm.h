/* cm — cmocka with the headers that it needs before it.
 *
 * Threads: assert on the thread that runs the test only.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_CM_H
#define LUTIST_TESTS_UNIT_CM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Under a sanitizer each step takes ten times as long, and each error shows at once. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* A failed assertion leaves the test; clang's analyzer must be told. */
#ifdef __clang_analyzer__
#include <stdlib.h>
#undef assert_true
#undef assert_non_null
#define assert_true(condition)  ((condition) ? (void)0 : abort())
#define assert_non_null(result) ((result) ? (void)0 : abort())
#endif

#endif
