/* cm — cmocka with the headers it wants before it. */
#ifndef LUTIST_TESTS_CM_H
#define LUTIST_TESTS_CM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
