#include "image/meta/icc_header.h"

#include <string.h>

#include "image/codec/bytes.h"

/* ICC.1:2022, 7.2 and 7.3: the header, then a count, and a name, a place and a length
 * for each part. */
enum { CLASS_AT = 12, MAGIC_AT = 36, HEADER_BYTES = 128, PARTS_AT = 132 };
enum { PART_BYTES = 12 };

bool icc_header_is_there(const Block *icc)
{
    return icc->size >= HEADER_BYTES && memcmp(icc->data + MAGIC_AT, "acsp", 4) == 0;
}

static bool has_known_class(const Block *icc)
{
    static const char *const classes[] = {"scnr", "mntr", "prtr", "link",
                                          "spac", "abst", "nmcl"};
    for (int i = 0; i < 7; i++)
        if (memcmp(icc->data + CLASS_AT, classes[i], 4) == 0)
            return true;
    return false;
}

static bool has_all_parts(const Block *icc)
{
    if (icc->size < PARTS_AT)
        return false;
    uint64_t count = be32(icc->data + HEADER_BYTES);
    if (count > (icc->size - PARTS_AT) / PART_BYTES)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        const uint8_t *part = icc->data + PARTS_AT + i * PART_BYTES;
        if ((uint64_t)be32(part + 4) + be32(part + 8) > icc->size)
            return false;
    }
    return true;
}

bool icc_header_is_odd(const Block *icc)
{
    return !icc_header_is_there(icc) || be32(icc->data) != icc->size ||
           !has_known_class(icc) || !has_all_parts(icc);
}
