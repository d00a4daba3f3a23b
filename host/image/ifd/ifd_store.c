#include "image/ifd/ifd_store.h"

#include <string.h>

/* A field with the offset of a directory is storable only together with that
 * directory. */
static bool is_storable(const IfdField *field)
{
    enum { LAST_CLASSIC = 12 };
    return field->sub || (field->data && field->size && !ifd_leads_on(field->tag) &&
                          field->type <= LAST_CLASSIC);
}

/* A number of `size` bytes at `p`, in this machine's byte order. */
static void put_number(uint8_t *p, uint64_t number, size_t size)
{
    uint16_t two = (uint16_t)number;
    uint32_t four = (uint32_t)number;
    memcpy(p, size == 2 ? (void *)&two : size == 4 ? (void *)&four : &number, size);
}

/* A value of more bytes than its entry has room for; it begins at an even offset. */
static bool append_value(IfdStore *store, const IfdField *field, uint64_t *at, Err *err)
{
    *at = store->base + store->block.size;
    return meta_append(&store->block, field->data, field->size, err) &&
           meta_append(&store->block, NULL, field->size & 1, err);
}

/* NULL: there are none. */
static const IfdField *find_notes(const Ifd *ifd)
{
    const IfdField *notes = NULL;
    for (int i = 0; i < ifd->count && !notes; i++) {
        const IfdField *field = &ifd->fields[i];
        if (field->sub)
            notes = find_notes(field->sub);
        else if (field->tag == IFD_TAG_MAKER_NOTE && is_storable(field))
            notes = field;
    }
    return notes;
}

bool ifd_store_notes(IfdStore *store, const Ifd *ifd, Err *err)
{
    enum { FARTHEST = 4096 };
    const IfdField *notes = find_notes(ifd);
    uint64_t end = store->base + store->block.size, at;
    if (!notes || notes->at < end || notes->at > FARTHEST || notes->size <= 8)
        return true;
    if (!meta_append(&store->block, NULL, (size_t)(notes->at - end), err) ||
        !append_value(store, notes, &at, err))
        return false;
    store->notes = notes;
    store->notes_at = at;
    /* what follows begins at an even offset */
    return meta_append(&store->block, NULL, (store->base + store->block.size) & 1, err);
}

/* The entry's value; a long one goes to the end of the block, and its offset is the
 * value. */
static bool store_value(IfdStore *store, const IfdField *field, uint8_t value[8],
                        Err *err)
{
    uint64_t at;
    size_t wide = store->bigtiff ? 8 : 4;
    if (!field->sub && field->size <= wide) {
        memcpy(value, field->data, field->size);
        return true;
    }
    if (field == store->notes)
        at = store->notes_at;
    else if (field->sub ? !ifd_store(store, field->sub, &at, err)
                        : !append_value(store, field, &at, err))
        return false;
    put_number(value, at, field->sub ? 4 : wide);
    return true;
}

/* The entry that stands `at` bytes into the block. */
static bool store_field(IfdStore *store, size_t at, const IfdField *field, Err *err)
{
    size_t wide = store->bigtiff ? 8 : 4;
    uint8_t value[8] = {0};
    int type = field->sub ? IFD_LONG : field->type;
    if (!store_value(store, field, value, err))
        return false;
    uint8_t *entry = store->block.data + at;
    put_number(entry, field->tag, 2);
    put_number(entry + 2, (uint64_t)type, 2);
    put_number(entry + 4, field->sub ? 1 : field->count, wide);
    memcpy(entry + 4 + wide, value, wide);
    return true;
}

bool ifd_store(IfdStore *store, const Ifd *ifd, uint64_t *at, Err *err)
{
    size_t count_bytes = store->bigtiff ? 8 : 2, next_bytes = store->bigtiff ? 8 : 4;
    size_t entry_bytes = ifd_entry_bytes(store->bigtiff);
    size_t start = store->block.size, entry = start + count_bytes;
    uint64_t count = 0;
    for (int i = 0; i < ifd->count; i++)
        count += is_storable(&ifd->fields[i]);
    if (!meta_append(&store->block, NULL,
                     count_bytes + count * entry_bytes + next_bytes, err))
        return false;
    put_number(store->block.data + start, count, count_bytes);
    for (int i = 0; i < ifd->count; i++)
        if (is_storable(&ifd->fields[i])) {
            if (!store_field(store, entry, &ifd->fields[i], err))
                return false;
            entry += entry_bytes;
        }
    *at = store->base + start;
    return true;
}

bool ifd_store_block(const Ifd *ifd, Block *block, Err *err)
{
    const uint16_t mark = 42;
    enum { FIRST_AT = 4 };
    uint64_t at;
    IfdStore store = {0};
    bool good =
        meta_append(&store.block, *(const uint8_t *)&mark ? "II" : "MM", 2, err) &&
        meta_append(&store.block, &mark, sizeof mark, err) &&
        meta_append(&store.block, NULL, sizeof(uint32_t), err) &&
        ifd_store_notes(&store, ifd, err) && ifd_store(&store, ifd, &at, err);
    if (!good) {
        meta_drop(&store.block);
        return false;
    }
    put_number(store.block.data + FIRST_AT, at, sizeof(uint32_t));
    *block = store.block;
    return true;
}
