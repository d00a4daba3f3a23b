#include <string.h>

#include "base/mem.h"
#include "cm.h"
#include "debian_package.h"

static const char *const PAIRS[][2] = {
    {"libSDL2-2.0.so.0", "libsdl2-2.0-0"},
    {"libSDL2_ttf-2.0.so.0", "libsdl2-ttf-2.0-0"},
    {"libX11.so.6", "libx11-6"},
    {"libexpat.so.1", "libexpat1"},
    {"libjpeg.so.62", "libjpeg62-turbo"},
    {"libpng16.so.16", "libpng16-16"},
    {"libpython3.11.so.1.0", "libpython3.11"},
    {"libz.so.1", "zlib1g"},
};

static void names_follow_debian(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        char *name = debian_package(PAIRS[i][0]);
        assert_string_equal(name, PAIRS[i][1]);
        mem_free(name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_follow_debian)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
