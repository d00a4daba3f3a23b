#include "image/codec/boxes.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/meta.h"

enum { HEAD = 8, LONG_HEAD = 16, COUNT_MAX = 65536 };

Boxes boxes_of_file(const Source *source, const char *format)
{
    return (Boxes){source, format, 0, source->size, COUNT_MAX, false};
}

Boxes boxes_inside(const Boxes *outer, const FileBox *box)
{
    return (Boxes){outer->source,       outer->format, box->at,
                   box->at + box->size, outer->left,   false};
}

static bool fail_damaged(const Boxes *boxes, Err *err)
{
    return err_set(err, ERR_FILE, "damaged %s file", boxes->format);
}

/* A size of 1 is followed by one of 64 bits; 0 means up to the end. */
static bool read_head(const Boxes *boxes, FileBox *box, uint64_t *size, Err *err)
{
    uint8_t head[LONG_HEAD];
    const Source *source = boxes->source;
    if (!source_seek(source, boxes->at, err) ||
        !source_take(source, boxes->format, head, HEAD, err))
        return false;
    memcpy(box->name, head + 4, sizeof box->name);
    box->at = boxes->at + HEAD;
    *size = be32(head);
    if (*size == 0)
        *size = boxes->end - boxes->at; /* the last one */
    if (*size != 1)
        return true;
    box->at += HEAD;
    if (!source_take(source, boxes->format, head + HEAD, HEAD, err))
        return false;
    *size = (uint64_t)be32(head + HEAD) << 32 | be32(head + HEAD + 4);
    return true;
}

static bool read_next(Boxes *boxes, FileBox *box, Err *err)
{
    uint64_t size;
    if (boxes->left-- <= 0)
        return fail_damaged(boxes, err);
    if (!source_go_on(boxes->source, err) || !read_head(boxes, box, &size, err))
        return false;
    uint64_t head = box->at - boxes->at, room = boxes->end - boxes->at;
    if (size > room && boxes->end == boxes->source->size)
        return err_set(err, ERR_FILE, "the %s file is cut short", boxes->format);
    if (size > room || size < head)
        return fail_damaged(boxes, err);
    box->size = size - head;
    boxes->at += size;
    return true;
}

bool boxes_next(Boxes *boxes, FileBox *box, Err *err)
{
    if (boxes->end - boxes->at < HEAD)
        return false;
    boxes->failed = !read_next(boxes, box, err);
    return !boxes->failed;
}

bool boxes_are_whole(const Source *source, const char *format, Err *err)
{
    Boxes boxes = boxes_of_file(source, format);
    FileBox box;
    while (boxes_next(&boxes, &box, err))
        ;
    return !boxes.failed;
}

bool boxes_is_named(const FileBox *box, const char *name)
{
    return memcmp(box->name, name, sizeof box->name) == 0;
}

bool boxes_take(const Boxes *boxes, const FileBox *box, void *bytes, size_t size,
                Err *err)
{
    if (box->size < size)
        return fail_damaged(boxes, err);
    return source_seek(boxes->source, box->at, err) &&
           source_take(boxes->source, boxes->format, bytes, size, err);
}

bool boxes_keep(const Boxes *boxes, const FileBox *box, size_t skip, Block *keep,
                Err *err)
{
    const Source *source = boxes->source;
    if (keep->data || box->size <= skip)
        return true;
    if (!source_keeps(source, box->size, NULL)) {
        notes_add(source->notes, "%llu bytes of %.4s were left out",
                  (unsigned long long)box->size, box->name);
        return true;
    }
    Block whole = {mem_try((size_t)box->size, 1, err), (size_t)box->size};
    bool good = whole.data && boxes_take(boxes, box, whole.data, whole.size, err) &&
                meta_set(keep, whole.data + skip, whole.size - skip, err);
    mem_free(whole.data);
    return good;
}
