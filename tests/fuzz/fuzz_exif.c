/* fuzz_exif: EXIF blocks and Photoshop's resources, as files carry them. They are
 * edited in place, and what is read of them is text for people.
 *
 * A libFuzzer target, and a program: fuzz_files.h. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_files.h"
#include "image/ifd/exif_facts.h"
#include "image/ifd/ifd_store.h"
#include "image/meta/exif.h"
#include "image/meta/photoshop.h"

static void check_text(const char *text)
{
    for (; *text; text++)
        REQUIRE(!iscntrl((unsigned char)*text));
}

static void use_facts(const Block *exif)
{
    ExifFacts facts = exif_facts(exif);
    check_text(facts.camera);
    check_text(facts.lens);
    check_text(facts.exposure);
    check_text(facts.aperture);
    check_text(facts.iso);
    check_text(facts.focal);
    check_text(facts.date);
}

/* A block that was written anew is read again, with as many fields. */
static void store(const Ifd *ifd)
{
    IfdSource source;
    Block block = {0};
    Err err = {0};
    REQUIRE(ifd_store_block(ifd, &block, &err));
    REQUIRE(ifd_source_block(&source, &block));
    Ifd *again = ifd_read_all(&source, source.first);
    REQUIRE(again && again->count <= ifd->count);
    ifd_free(again);
    meta_drop(&block);
}

static bool use_directories(const Block *exif)
{
    IfdSource source;
    if (!ifd_source_block(&source, exif))
        return false;
    Ifd *ifd = ifd_read_all(&source, source.first);
    if (ifd)
        store(ifd);
    bool good = ifd != NULL;
    ifd_free(ifd);
    return good;
}

static bool edit(Block *exif)
{
    size_t size = exif->size;
    bool declared = exif_set_upright(exif);
    REQUIRE(exif_orientation(exif) == 1);
    exif_set_size(exif, 300, 200);
    bool adobe = exif_is_adobe_rgb(exif);
    exif_set_colors(exif, true);
    exif_drop_thumbnail(exif);
    REQUIRE(exif->size <= size);
    return declared || adobe;
}

static bool use_resources(Block *block)
{
    PhotoshopResource found;
    Block rest = {block->data + PHOTOSHOP_HEAD_BYTES,
                  block->size - PHOTOSHOP_HEAD_BYTES};
    int count = 0;
    while (photoshop_next(&rest, &found))
        count++;
    photoshop_drop_thumbnails(block);
    return count > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Block block = {0};
    REQUIRE(meta_set(&block, data, size, NULL));
    if (size > PHOTOSHOP_HEAD_BYTES &&
        memcmp(data, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES) == 0) {
        fuzz_files.read += use_resources(&block);
    } else {
        use_facts(&block);
        bool whole = use_directories(&block), edited = edit(&block);
        use_facts(&block);
        fuzz_files.read += whole || edited;
    }
    meta_drop(&block);
    return 0;
}

FuzzFiles fuzz_files = {"blocks", 0};
