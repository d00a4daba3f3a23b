#include "python/isolate/wire/wire.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/printable.h"

enum { LEAST_ROOM = 256, MOST_FILES = 65536, MOST_TEXT = 1 << 20 };

static bool make_room(Pack *pack, size_t more)
{
    if (pack->starved || more > SIZE_MAX / 4 - pack->size)
        return false;
    if (pack->size + more <= pack->room)
        return true;
    size_t room = 2 * (pack->size + more) + LEAST_ROOM;
    uint8_t *data = mem_try(room, 1, NULL);
    if (!data)
        return false;
    if (pack->size)
        memcpy(data, pack->data, pack->size);
    mem_free(pack->data);
    pack->data = data;
    pack->room = room;
    return true;
}

void pack_bytes(Pack *pack, const void *bytes, size_t size)
{
    pack->starved = !make_room(pack, size);
    if (pack->starved || size == 0)
        return;
    memcpy(pack->data + pack->size, bytes, size);
    pack->size += size;
}

void pack_u32(Pack *pack, uint32_t value)
{
    pack_bytes(pack, &value, sizeof value);
}

void pack_u64(Pack *pack, uint64_t value)
{
    pack_bytes(pack, &value, sizeof value);
}

void pack_f64(Pack *pack, double value)
{
    pack_bytes(pack, &value, sizeof value);
}

void pack_text(Pack *pack, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    pack_u64(pack, length);
    pack_bytes(pack, text, length);
}

void pack_err(Pack *pack, const Err *err)
{
    pack_u32(pack, (uint32_t)err->kind);
    pack_u32(pack, (uint32_t)err->code);
    pack_text(pack, err->text);
    pack_text(pack, err->trace);
}

void pack_files(Pack *pack, const WatchFiles *files)
{
    pack_u32(pack, (uint32_t)files->count);
    for (int i = 0; i < files->count; i++) {
        pack_text(pack, files->files[i].path);
        pack_bytes(pack, &files->files[i].stamp, sizeof(FileStamp));
    }
}

void pack_term(Pack *pack)
{
    mem_free(pack->data);
    *pack = (Pack){0};
}

Unpack unpack_begin(const void *bytes, size_t size)
{
    static const uint8_t none[1];
    const uint8_t *first = size ? bytes : none;
    return (Unpack){.at = first, .end = first + size};
}

static size_t left(const Unpack *unpack)
{
    return (size_t)(unpack->end - unpack->at);
}

const void *unpack_bytes(Unpack *unpack, size_t size)
{
    unpack->bad = unpack->bad || size > left(unpack);
    if (unpack->bad)
        return NULL;
    const void *bytes = unpack->at;
    unpack->at += size;
    return bytes;
}

static void copy(Unpack *unpack, void *to, size_t size)
{
    const void *bytes = unpack_bytes(unpack, size);
    if (bytes)
        memcpy(to, bytes, size);
}

uint32_t unpack_u32(Unpack *unpack)
{
    uint32_t value = 0;
    copy(unpack, &value, sizeof value);
    return value;
}

uint64_t unpack_u64(Unpack *unpack)
{
    uint64_t value = 0;
    copy(unpack, &value, sizeof value);
    return value;
}

double unpack_f64(Unpack *unpack)
{
    double value = 0;
    copy(unpack, &value, sizeof value);
    return value;
}

bool unpack_bool(Unpack *unpack)
{
    uint32_t value = unpack_u32(unpack);
    unpack->bad = unpack->bad || value > 1;
    return !unpack->bad && value == 1;
}

double unpack_finite(Unpack *unpack)
{
    double value = unpack_f64(unpack);
    unpack->bad = unpack->bad || !isfinite(value);
    return unpack->bad ? 0 : value;
}

double *unpack_numbers(Unpack *unpack, size_t n, Err *err)
{
    unpack->bad = unpack->bad || n > left(unpack) / sizeof(double);
    const void *bytes = unpack->bad ? NULL : unpack_bytes(unpack, n * sizeof(double));
    double *values = bytes ? mem_alloc(n * sizeof *values, err) : NULL;
    if (values)
        memcpy(values, bytes, n * sizeof *values);
    return values;
}

uint32_t unpack_count(Unpack *unpack, size_t each, uint32_t most)
{
    uint32_t count = unpack_u32(unpack);
    unpack->bad = unpack->bad || count > most || count > left(unpack) / each;
    return unpack->bad ? 0 : count;
}

/* *length bytes without a null byte; NULL: bad. */
static const char *string(Unpack *unpack, size_t *length)
{
    uint64_t size = unpack_u64(unpack);
    const char *bytes = size <= left(unpack) ? unpack_bytes(unpack, size) : NULL;
    unpack->bad = unpack->bad || !bytes || memchr(bytes, '\0', size);
    *length = unpack->bad ? 0 : size;
    return unpack->bad ? NULL : bytes;
}

char *unpack_name(Unpack *unpack)
{
    size_t length;
    const char *bytes = string(unpack, &length);
    unpack->bad = unpack->bad || length > MOST_TEXT;
    char *name = unpack->bad ? NULL : mem_new(length + 1, 1);
    if (name)
        memcpy(name, bytes, length);
    return name;
}

static bool is_utf8(const char *text)
{
    while (*text) {
        int length = printable_sequence((const uint8_t *)text);
        if (length == 0)
            return false;
        text += length;
    }
    return true;
}

char *unpack_text(Unpack *unpack)
{
    char *text = unpack_name(unpack);
    if (text && is_utf8(text))
        return text;
    unpack->bad = true;
    mem_free(text);
    return NULL;
}

/* A text that fits into `size` bytes. */
static void copy_string(Unpack *unpack, char *to, size_t size)
{
    size_t length;
    const char *bytes = string(unpack, &length);
    unpack->bad = unpack->bad || length >= size;
    if (!unpack->bad)
        memcpy(to, bytes, length);
}

bool unpack_err(Unpack *unpack, Err *err)
{
    Err read = {0};
    uint32_t kind = unpack_u32(unpack);
    read.code = (int)unpack_u32(unpack);
    copy_string(unpack, read.text, sizeof read.text);
    copy_string(unpack, read.trace, sizeof read.trace);
    unpack->bad = unpack->bad || kind == ERR_NONE || kind > ERR_CANCELLED;
    if (unpack->bad)
        return false;
    read.kind = (ErrKind)kind;
    *err = read;
    return true;
}

void unpack_files(Unpack *unpack, WatchFiles *files)
{
    uint32_t count = unpack_count(unpack, sizeof(FileStamp), MOST_FILES);
    for (uint32_t i = 0; i < count && !unpack->bad; i++) {
        FileStamp stamp = {0};
        char *path = unpack_name(unpack);
        copy(unpack, &stamp, sizeof stamp);
        unpack->bad = unpack->bad || path[0] != '/';
        if (!unpack->bad)
            watch_files_add(files, path, stamp);
        mem_free(path);
    }
}

bool unpack_done(const Unpack *unpack)
{
    return !unpack->bad && unpack->at == unpack->end;
}
