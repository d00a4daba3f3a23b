/* A library is opened when it is needed, or named with its package. */
#include <math.h>
#include <string.h>
#include <sys/resource.h>

#include "base/thread/thread.h"
#include "cm.h"
#include "image/codec/library.h"

#define MATHS(X) X(cos) X(sin)
LIBRARY_TABLE(Maths, MATHS);
static LIBRARY_DEFINE(maths, Maths, MATHS, "maths", "libm.so.6", "libc6");
static LIBRARY_DEFINE(absent, Maths, MATHS, "libabsent", "libabsent.so.7",
                      "libabsent7");
/* Another library's functions are not in it. */
static LIBRARY_DEFINE(poor, Maths, MATHS, "poor maths", "libz.so.1", "zlib1g");

static void its_functions_can_be_called(void **state)
{
    (void)state;
    Err err = {0};
    const Maths *lib = maths(&err);
    assert_non_null(lib);
    assert_true(lib->cos(0) == 1 && lib->sin(0) == 0);
    assert_ptr_equal(maths(NULL), lib);
}

static void one_that_is_missing_is_named(void **state)
{
    (void)state;
    for (int again = 0; again < 2; again++) {
        Err err = {0};
        assert_null(absent(&err));
        assert_int_equal(err.kind, ERR_FILE);
        assert_string_equal(err.text, "libabsent cannot be opened (libabsent.so.7); "
                                      "install the package libabsent7");
    }
    assert_null(absent(NULL));
}

static void one_that_lacks_a_function_is_refused(void **state)
{
    (void)state;
    Err err = {0};
    assert_null(poor(&err));
    assert_non_null(strstr(err.text, "install the package zlib1g"));
}

static void where_memory_is_short_no_package_is_blamed(void **state)
{
    (void)state;
    struct rlimit whole, none;
    Err err = {0};
    if (SANITIZED) /* a sanitizer needs addresses of its own */
        return;
    assert_int_equal(getrlimit(RLIMIT_AS, &whole), 0);
    none = whole;
    none.rlim_cur = 1;
    assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
    const Maths *lib = absent(&err);
    setrlimit(RLIMIT_AS, &whole);
    assert_null(lib);
    assert_int_equal(err.kind, ERR_MEMORY);
}

static LIBRARY_DEFINE(contested, Maths, MATHS, "maths", "libm.so.6", "libc6");

static void call_one(void *sum)
{
    *(double *)sum = contested(NULL)->cos(0);
}

static void threads_may_open_it_at_once(void **state)
{
    (void)state;
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    double sums[THREADS] = {0};
    for (int i = 0; i < THREADS; i++)
        assert_true(thread_start(&threads[i], "opener", call_one, &sums[i], NULL));
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(sums[i] == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_functions_can_be_called),
        cmocka_unit_test(one_that_is_missing_is_named),
        cmocka_unit_test(one_that_lacks_a_function_is_refused),
        cmocka_unit_test(where_memory_is_short_no_package_is_blamed),
        cmocka_unit_test(threads_may_open_it_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
