/* Netpbm's formats: bitmaps, graymaps and pixmaps as text (P1 to P3) and binary (P4 to
 * P6), and PAM (P7) of gray or RGB with or without alpha. Rows stream. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "image/bitmap/palette.h"
#include "image/codec/format.h"

enum {
    SAMPLE_MAX = 65535,
    LONG = 1 << 18, /* bytes or samples between two looks at the cancel */
};

typedef struct Decoder {
    const Source *source;
    ImageInfo info;
    char kind;      /* '1' to '7' */
    int next;       /* row */
    uint32_t max;   /* of a sample */
    uint8_t *bytes; /* one packed row */
    size_t row_bytes;
} Decoder;

static bool match(const uint8_t *head, size_t size)
{
    return size >= 3 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' &&
           (isspace(head[2]) || head[2] == '#');
}

static bool is_bitmap(const Decoder *d)
{
    return d->kind == '1' || d->kind == '4';
}

static bool is_text(const Decoder *d)
{
    return d->kind <= '3';
}

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged PNM header");
}

/* Skip a comment behind its '#', to the end of the line. */
static int skip_comment(const Source *source)
{
    int c = '#';
    for (size_t i = 1; c != '\n' && c != EOF; i++)
        c = i % LONG || source_go_on(source, NULL) ? getc_unlocked(source->file) : EOF;
    return c;
}

/* The first byte after white space and comments; EOF at the end of the file. */
static int skip_space(const Source *source)
{
    int c = getc_unlocked(source->file);
    for (size_t i = 1; isspace(c) || c == '#'; i++) {
        if (i % LONG == 0 && !source_go_on(source, NULL))
            return EOF;
        c = c == '#' ? skip_comment(source) : getc_unlocked(source->file);
    }
    return c;
}

/* The byte or comment behind the number is consumed, too. */
static bool get_number(const Source *source, uint32_t *number)
{
    int c = skip_space(source);
    if (!isdigit(c))
        return false;
    for (*number = 0; isdigit(c); c = getc_unlocked(source->file)) {
        if (*number > UINT32_MAX / 10 - 1)
            return false;
        *number = *number * 10 + (uint32_t)(c - '0');
    }
    if (c == '#')
        c = skip_comment(source);
    return c == EOF || isspace(c);
}

/* PAM: lines of a word and a value, until ENDHDR. */
static bool read_words(Decoder *d, uint32_t size[2], uint32_t *channels, Err *err)
{
    static const char *const names[] = {"WIDTH", "HEIGHT", "DEPTH", "MAXVAL"};
    uint32_t *const values[] = {&size[0], &size[1], channels, &d->max};
    char line[256], word[16], more[200];
    while (source_go_on(d->source, err) && fgets(line, sizeof line, d->source->file)) {
        uint32_t number = 0;
        if (sscanf(line, "%15s", word) != 1 || word[0] == '#')
            continue;
        if (strcmp(word, "ENDHDR") == 0)
            return true;
        if (strcmp(word, "TUPLTYPE") == 0 && sscanf(line, "%*s %199s", more) == 1 &&
            strncmp(more, "CMYK", 4) == 0)
            return err_set(err, ERR_FILE,
                           "a PAM file of CMYK is not supported; "
                           "save it as RGB");
        for (int i = 0; i < 4; i++)
            if (strcmp(word, names[i]) == 0) {
                if (sscanf(line, "%*s %9u", &number) != 1)
                    return fail_damaged(err);
                *values[i] = number;
            }
    }
    return fail_damaged(err);
}

static bool read_numbers(Decoder *d, uint32_t size[2], uint32_t *channels, Err *err)
{
    const Source *source = d->source;
    *channels = d->kind == '3' || d->kind == '6' ? 3 : 1;
    d->max = 1;
    return (get_number(source, &size[0]) && get_number(source, &size[1]) &&
            (is_bitmap(d) || get_number(source, &d->max))) ||
           fail_damaged(err);
}

/* The fewest bytes that the pixels can take in the file. */
static uint64_t least_bytes(const Decoder *d)
{
    uint64_t samples = (uint64_t)d->info.width * (uint64_t)d->info.channels;
    uint64_t rows = (uint64_t)d->info.height;
    if (d->kind == '1')
        return samples * rows;
    if (is_text(d)) /* a digit and a space; the last has no space */
        return 2 * samples * rows - 1;
    return d->row_bytes * rows;
}

static bool read_header(Decoder *d, Err *err)
{
    FILE *file = d->source->file;
    uint32_t size[2] = {0}, channels = 0;
    getc(file);
    d->kind = (char)getc(file);
    bool done = d->kind == '7' ? read_words(d, size, &channels, err)
                               : read_numbers(d, size, &channels, err);
    if (!done || !source_admit(d->source, size[0], size[1], 0, err))
        return false;
    if (channels < 1 || channels > 4 || d->max < 1 || d->max > SAMPLE_MAX)
        return fail_damaged(err);
    d->info =
        (ImageInfo){(int)size[0], (int)size[1], (int)channels, d->max > 255 ? 16 : 8};
    d->row_bytes =
        d->kind == '4' ? ((size_t)size[0] + 7) / 8 : image_row_bytes(d->info);
    return source_admit(d->source, size[0], size[1], least_bytes(d), err);
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    mem_free(d->bytes);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    (void)meta;
    Decoder *d = decoder;
    d->source = source;
    if (!read_header(d, err) || !(d->bytes = mem_alloc(d->row_bytes, err)))
        return false;
    *info = d->info;
    return true;
}

static bool get_sample(Decoder *d, uint32_t *sample, Err *err)
{
    FILE *file = d->source->file;
    if (d->kind == '1') {
        int c = skip_space(d->source);
        *sample = c == '1';
        if (c == '0' || c == '1')
            return true;
    } else if (get_number(d->source, sample)) {
        return true;
    }
    return err_set(err, ERR_FILE,
                   feof(file) ? "the PNM file is cut short" : "damaged PNM file");
}

static uint32_t stored_sample(const Decoder *d, size_t i)
{
    return d->info.depth == 8 ? d->bytes[i]
                              : (uint32_t)(d->bytes[2 * i] << 8 | d->bytes[2 * i + 1]);
}

static bool put_sample(const Decoder *d, uint8_t *row, size_t i, uint32_t sample,
                       Err *err)
{
    uint32_t top = d->info.depth == 8 ? 255 : SAMPLE_MAX;
    if (sample > d->max)
        return err_set(err, ERR_FILE, "damaged PNM file: a sample of %u, above %u",
                       sample, d->max);
    if (d->max != top)
        sample = (sample * top + d->max / 2) / d->max;
    if (d->info.depth == 8)
        row[i] = (uint8_t)sample;
    else
        memcpy(row + 2 * i, &(uint16_t){(uint16_t)sample}, 2);
    return true;
}

/* A bitmap's 1 is black. */
static bool read_bits(Decoder *d, uint8_t *row, Err *err)
{
    if (!source_take(d->source, "PNM", d->bytes, d->row_bytes, err))
        return false;
    palette_unpack(d->bytes, 1, d->info.width, row);
    for (int x = 0; x < d->info.width; x++)
        row[x] = row[x] ? 0 : 255;
    return true;
}

static bool read_row(Decoder *d, uint8_t *row, Err *err)
{
    size_t samples = (size_t)d->info.width * (size_t)d->info.channels;
    uint32_t sample = 0;
    if (d->kind == '4')
        return read_bits(d, row, err);
    if (!is_text(d) && !source_take(d->source, "PNM", d->bytes, d->row_bytes, err))
        return false;
    for (size_t i = 0; i < samples; i++) {
        if (i % LONG == LONG - 1 && !source_go_on(d->source, err))
            return false;
        if (!is_text(d))
            sample = stored_sample(d, i);
        else if (!get_sample(d, &sample, err))
            return false;
        if (d->kind == '1')
            sample = !sample;
        if (!put_sample(d, row, i, sample, err))
            return false;
    }
    return true;
}

/* Where the file ends without a line end, the last number may have lost digits. */
static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    for (int i = 0; i < count; i++)
        if (!read_row(d, rows + (size_t)i * stride, err))
            return false;
    d->next += count;
    if (d->next == d->info.height && feof(d->source->file))
        notes_damage(d->source->notes, "it ends in a number, which may be cut short");
    return true;
}

static const char *const extensions[] = {"ppm", "pgm", "pbm", "pnm", "pam", NULL};

static const DecoderCalls decode = {sizeof(Decoder), open_decoder, read_rows,
                                    close_decoder, NULL};

const Format format_pnm = {"pnm", extensions, match, NULL, &decode, NULL};
