#include "image/tiff_ifd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

enum {
    FIELDS_MAX = 4096,   /* libtiff's limit, too */
    BUDGET = 64 << 20,   /* bytes of metadata in one file */
    DEPTH_MAX = 3,       /* main directory, EXIF, interoperability */
    TABLE_ENTRY_BIG = 20 /* bytes of an entry; 12 in the classic form */
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
    if (!is_inside(source, at, size))
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

bool ifd_source_file(IfdSource *source, FILE *file)
{
    struct stat st;
    *source = (IfdSource){.file = file};
    if (fstat(fileno(file), &st) != 0)
        return false;
    source->size = (uint64_t)st.st_size;
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

Ifd *ifd_read(const IfdSource *source, uint64_t at)
{
    size_t count_bytes = source->bigtiff ? 8 : 2;
    size_t entry_bytes = source->bigtiff ? TABLE_ENTRY_BIG : 12;
    uint8_t entry[TABLE_ENTRY_BIG];
    if (!get(source, at, entry, count_bytes))
        return NULL;
    uint64_t count = number_at(source, entry, count_bytes);
    if (count > FIELDS_MAX || !is_inside(source, at + count_bytes, count * entry_bytes))
        return NULL;
    Ifd *ifd = mem_new(1, sizeof *ifd);
    ifd->fields = mem_new(count, sizeof *ifd->fields);
    for (at += count_bytes; count > 0; count--, at += entry_bytes) {
        if (!get(source, at, entry, entry_bytes)) {
            ifd_free(ifd);
            return NULL;
        }
        set_field(source, &ifd->fields[ifd->count++], entry, at);
    }
    return ifd;
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
    uint8_t *data = mem_new(field->size, 1);
    if (!get(source, field->at, data, field->size)) {
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

static bool leads_on(int tag)
{
    return tag == IFD_TAG_EXIF || tag == IFD_TAG_GPS || tag == IFD_TAG_INTEROP;
}

static Ifd *read_tree(IfdSource *source, uint64_t at, int depth)
{
    Ifd *ifd = ifd_read(source, at);
    for (int i = 0; ifd && i < ifd->count; i++) {
        IfdField *field = &ifd->fields[i];
        if (field->size == 0)
            continue;
        bool fine = ifd_fetch(source, field);
        if (fine && leads_on(field->tag) && depth < DEPTH_MAX) {
            field->sub = read_tree(source, ifd_number(field, 0), depth + 1);
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

void ifd_append(IfdBytes *bytes, const void *data, size_t size)
{
    bytes->data = mem_grow(bytes->data, bytes->size + size, 1);
    if (data)
        memcpy(bytes->data + bytes->size, data, size);
    else
        memset(bytes->data + bytes->size, 0, size);
    bytes->size += size;
}

/* An offset whose directory is not at hand would lead nowhere. */
static bool is_storable(const IfdField *field)
{
    enum { LAST_CLASSIC = 12 };
    return field->sub || (field->data && field->size && !leads_on(field->tag) &&
                          field->type <= LAST_CLASSIC);
}

/* A number of `size` bytes at `p`, in this machine's byte order. */
static void put_number(uint8_t *p, uint64_t number, size_t size)
{
    uint16_t two = (uint16_t)number;
    uint32_t four = (uint32_t)number;
    memcpy(p, size == 2 ? (void *)&two : size == 4 ? (void *)&four : &number, size);
}

/* Values begin at even offsets. */
static uint64_t append_value(IfdBytes *bytes, const IfdField *field, uint64_t base)
{
    uint64_t at = base + bytes->size;
    ifd_append(bytes, field->data, field->size);
    ifd_append(bytes, NULL, field->size & 1);
    return at;
}

/* The entry that stands `at` bytes into the block; its value goes behind all else. */
static void store_field(IfdBytes *bytes, size_t at, const IfdField *field,
                        uint64_t base, bool bigtiff)
{
    size_t wide = bigtiff ? 8 : 4;
    uint8_t value[8] = {0};
    int type = field->sub ? IFD_LONG : field->type;
    if (field->sub)
        put_number(value, ifd_store(bytes, field->sub, base, bigtiff), 4);
    else if (field->size <= wide)
        memcpy(value, field->data, field->size);
    else
        put_number(value, append_value(bytes, field, base), wide);
    uint8_t *entry = bytes->data + at;
    put_number(entry, field->tag, 2);
    put_number(entry + 2, (uint64_t)type, 2);
    put_number(entry + 4, field->sub ? 1 : field->count, wide);
    memcpy(entry + 4 + wide, value, wide);
}

uint64_t ifd_store(IfdBytes *bytes, const Ifd *ifd, uint64_t base, bool bigtiff)
{
    size_t count_bytes = bigtiff ? 8 : 2, next_bytes = bigtiff ? 8 : 4;
    size_t entry_bytes = bigtiff ? TABLE_ENTRY_BIG : 12, at = bytes->size;
    uint64_t count = 0;
    for (int i = 0; i < ifd->count; i++)
        count += is_storable(&ifd->fields[i]);
    ifd_append(bytes, NULL, count_bytes + count * entry_bytes + next_bytes);
    put_number(bytes->data + at, count, count_bytes);
    size_t entry = at + count_bytes;
    for (int i = 0; i < ifd->count; i++)
        if (is_storable(&ifd->fields[i])) {
            store_field(bytes, entry, &ifd->fields[i], base, bigtiff);
            entry += entry_bytes;
        }
    return base + at;
}
