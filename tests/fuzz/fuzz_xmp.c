/* fuzz_xmp: XMP packets, as files carry them. What was taken out or set stays so when
 * it is done again.
 *
 * A libFuzzer target, and a program: fuzz_files.h. */
#include <string.h>

#include "fuzz_files.h"
#include "image/meta/meta.h"
#include "image/meta/xmp.h"
#include "image/meta/xmp_extension.h"

static bool same(const Block *a, const Block *b)
{
    return a->size == b->size && (!a->size || memcmp(a->data, b->data, a->size) == 0);
}

static void set_all(Block *xmp)
{
    REQUIRE(xmp_set_upright(xmp, NULL, NULL) &&
            xmp_set_size(xmp, 300, 200, NULL, NULL));
}

/* What was divided can be joined. */
static void divide(const Block *xmp)
{
    XmpParts parts;
    bool joined = false;
    size_t most = xmp->size / 2 + 300;
    REQUIRE(xmp_extension_divide(xmp, most, &parts, NULL, NULL));
    REQUIRE(parts.first.size <= most);
    if (parts.extension.data)
        REQUIRE(
            xmp_extension_join(&parts.first, &parts.extension, &joined, NULL, NULL) &&
            joined);
    xmp_parts_clear(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Block xmp = {0}, before = {0};
    unsigned lost, again;
    REQUIRE(meta_set(&xmp, data, size, NULL) && xmp_narrow(&xmp, NULL));
    REQUIRE(xmp_drop_announcements(&xmp, &lost, NULL, NULL));
    REQUIRE(meta_set(&before, xmp.data, xmp.size, NULL));
    REQUIRE(xmp_drop_announcements(&xmp, &again, NULL, NULL));
    REQUIRE(again == 0 && same(&xmp, &before));
    set_all(&xmp);
    REQUIRE(meta_set(&before, xmp.data, xmp.size, NULL));
    set_all(&xmp);
    REQUIRE(same(&xmp, &before));
    fuzz_files.read += lost & ~(unsigned)XMP_BROKEN ? 1 : 0;
    divide(&xmp);
    meta_drop(&xmp);
    meta_drop(&before);
    return 0;
}

FuzzFiles fuzz_files = {"packets", 0};
