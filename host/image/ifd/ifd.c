#include "image/ifd/ifd.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    FIELDS_MAX = 4096, /* libtiff's limit, too */
    BUDGET = 64 << 20, /* bytes of metadata in one file */
    LEVELS_MAX = 3,    /* main directory, EXIF, interoperability */
};

/* Bytes of a value, and of the numbers it is made of. */
static int type_bytes(int type)
{
    static const uint8_t bytes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                    8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < (int)sizeof bytes ? bytes[type] : 0;
}

static int number_bytes(int type)
{
    enum { SRATIONAL = 10 };
    return type == IFD_RATIONAL || type == SRATIONAL ? 4 : type_bytes(type);
}

static bool is_inside(const IfdSource *source, uint64_t at, uint64_t size)
{
    return at <= source->size && size <= source->size - at;
}

static bool get(const IfdSource *source, uint64_t at, void *bytes, size_t size)
{
    if (!is_inside(source, at, size) || cancel_is_set(source->cancel))
        return false;
    if (source->file)
        return fseeko(source->file, (off_t)at, SEEK_SET) == 0 &&
               fread(bytes, 1, size, source->file) == size;
    memcpy(bytes, source->data + at, size);
    return true;
}

static void reverse(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size / 2; i++) {
        uint8_t other = bytes[i];
        bytes[i] = bytes[size - 1 - i];
        bytes[size - 1 - i] = other;
    }
}

/* A number of 2, 4 or 8 bytes at `p`, in the source's byte order. */
static uint64_t number_at(const IfdSource *source, const uint8_t *p, size_t size)
{
    uint8_t bytes[8] = {0};
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    memcpy(bytes, p, size);
    if (source->swapped)
        reverse(bytes, size);
    memcpy(&two, bytes, sizeof two);
    memcpy(&four, bytes, sizeof four);
    memcpy(&eight, bytes, sizeof eight);
    return size == 2 ? two : size == 4 ? four : eight;
}

static bool is_big_endian(void)
{
    const uint16_t probe = 1;
    return *(const uint8_t *)&probe == 0;
}

static bool read_header(IfdSource *source)
{
    enum { CLASSIC = 42, BIG = 43, OFFSET_BYTES = 8 };
    uint8_t head[16];
    if (!get(source, 0, head, 8))
        return false;
    bool big_endian = memcmp(head, "MM", 2) == 0;
    if (!big_endian && memcmp(head, "II", 2) != 0)
        return false;
    source->swapped = big_endian != is_big_endian();
    source->budget = BUDGET;
    uint64_t version = number_at(source, head + 2, 2);
    source->bigtiff = version == BIG;
    if (!source->bigtiff) {
        source->first = number_at(source, head + 4, 4);
        return version == CLASSIC;
    }
    if (!get(source, 0, head, 16) || number_at(source, head + 4, 2) != OFFSET_BYTES)
        return false;
    source->first = number_at(source, head + 8, 8);
    return true;
}

bool ifd_source_file(IfdSource *source, const Source *file)
{
    *source =
        (IfdSource){.file = file->file, .size = file->size, .cancel = file->cancel};
    return read_header(source);
}

bool ifd_source_block(IfdSource *source, const Block *block)
{
    *source = (IfdSource){.data = block->data, .size = block->size};
    return read_header(source) && !source->bigtiff;
}

static void set_field(const IfdSource *source, IfdField *field, const uint8_t *entry,
                      uint64_t at)
{
    size_t wide = source->bigtiff ? 8 : 4; /* counts and offsets */
    field->tag = (uint16_t)number_at(source, entry, 2);
    field->type = (uint16_t)number_at(source, entry + 2, 2);
    field->count = number_at(source, entry + 4, wide);
    uint64_t each = (uint64_t)type_bytes(field->type);
    if (__builtin_mul_overflow(field->count, each, &field->size))
        field->size = UINT64_MAX;
    field->at =
        field->size <= wide ? at + 4 + wide : number_at(source, entry + 4 + wide, wide);
}

static void *take(IfdSource *source, size_t count, size_t size)
{
    void *p = mem_try(count, size, NULL);
    source->starved = source->starved || !p;
    return p;
}

/* Where a tag stood twice, directories could lead to others without end. */
static bool is_first(uint8_t seen[UINT16_MAX / 8 + 1], uint16_t tag)
{
    uint8_t bit = (uint8_t)(1 << (tag & 7));
    bool first = !(seen[tag >> 3] & bit);
    seen[tag >> 3] |= bit;
    return first;
}

/* The entries of `table`, which stands at `at` in the source. */
static Ifd *read_entries(IfdSource *source, const uint8_t *table, size_t count,
                         size_t entry_bytes, uint64_t at)
{
    uint8_t seen[UINT16_MAX / 8 + 1] = {0};
    IfdField *fields = take(source, count, sizeof *fields);
    if (!fields)
        return NULL;
    Ifd *ifd = mem_new(1, sizeof *ifd);
    ifd->fields = fields;
    for (size_t i = 0; i < count; i++) {
        IfdField *field = &fields[ifd->count];
        set_field(source, field, table + i * entry_bytes, at + i * entry_bytes);
        ifd->count += is_first(seen, field->tag);
    }
    return ifd;
}

Ifd *ifd_read(IfdSource *source, uint64_t at)
{
    size_t count_bytes = source->bigtiff ? 8 : 2;
    size_t entry_bytes = ifd_entry_bytes(source->bigtiff);
    uint8_t head[8];
    if (!get(source, at, head, count_bytes))
        return NULL;
    uint64_t count = number_at(source, head, count_bytes);
    at += count_bytes;
    if (count > FIELDS_MAX || !is_inside(source, at, count * entry_bytes))
        return NULL;
    uint8_t *table = take(source, count, entry_bytes);
    Ifd *ifd = NULL;
    if (table && get(source, at, table, count * entry_bytes))
        ifd = read_entries(source, table, count, entry_bytes, at);
    mem_free(table);
    return ifd;
}

uint64_t ifd_next(const IfdSource *source, uint64_t at)
{
    size_t count_bytes = source->bigtiff ? 8 : 2, wide = source->bigtiff ? 8 : 4;
    uint8_t number[8];
    if (!get(source, at, number, count_bytes))
        return 0;
    uint64_t count = number_at(source, number, count_bytes);
    if (count > FIELDS_MAX)
        return 0;
    at += count_bytes + count * ifd_entry_bytes(source->bigtiff);
    return get(source, at, number, wide) ? number_at(source, number, wide) : 0;
}

void ifd_free(Ifd *ifd)
{
    if (!ifd)
        return;
    for (int i = 0; i < ifd->count; i++) {
        mem_free(ifd->fields[i].data);
        ifd_free(ifd->fields[i].sub);
    }
    mem_free(ifd->fields);
    mem_free(ifd);
}

IfdField *ifd_find(const Ifd *ifd, int tag)
{
    for (int i = 0; i < ifd->count; i++)
        if (ifd->fields[i].tag == tag)
            return &ifd->fields[i];
    return NULL;
}

bool ifd_is_whole(const IfdSource *source, const IfdField *field)
{
    return is_inside(source, field->at, field->size);
}

bool ifd_fetch(IfdSource *source, IfdField *field)
{
    if (field->data)
        return true;
    if (!ifd_is_whole(source, field) || field->size > source->budget)
        return false;
    uint8_t *data = take(source, field->size, 1);
    if (!data || !get(source, field->at, data, field->size)) {
        mem_free(data);
        return false;
    }
    size_t step = (size_t)number_bytes(field->type);
    for (size_t i = 0; source->swapped && step > 1 && i < field->size; i += step)
        reverse(data + i, step);
    source->budget -= field->size;
    field->data = data;
    return true;
}

uint64_t ifd_number(const IfdField *field, uint64_t index)
{
    size_t size = (size_t)type_bytes(field->type);
    bool is_whole_number = field->type != IFD_RATIONAL && size != 0;
    if (!field->data || index >= field->count || !is_whole_number)
        return 0;
    if (size == 1)
        return field->data[index];
    return number_at(&(IfdSource){0}, field->data + index * size, size);
}

double ifd_fraction(const IfdField *field, uint64_t index)
{
    if (!field->data || index >= field->count || field->type != IFD_RATIONAL)
        return 0;
    uint32_t pair[2];
    memcpy(pair, field->data + index * sizeof pair, sizeof pair);
    return pair[1] ? (double)pair[0] / pair[1] : 0;
}

bool ifd_leads_on(int tag)
{
    return tag == IFD_TAG_EXIF || tag == IFD_TAG_GPS || tag == IFD_TAG_INTEROP;
}

static Ifd *read_tree(IfdSource *source, uint64_t at, int level)
{
    Ifd *ifd = ifd_read(source, at);
    for (int i = 0; ifd && i < ifd->count; i++) {
        IfdField *field = &ifd->fields[i];
        if (field->size == 0)
            continue;
        bool fine = ifd_fetch(source, field);
        if (fine && ifd_leads_on(field->tag) && level < LEVELS_MAX) {
            field->sub = read_tree(source, ifd_number(field, 0), level + 1);
            fine = field->sub;
        }
        if (!fine) {
            ifd_free(ifd);
            ifd = NULL;
        }
    }
    return ifd;
}

Ifd *ifd_read_all(IfdSource *source, uint64_t at)
{
    return read_tree(source, at, 1);
}
