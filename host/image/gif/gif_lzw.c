#include "image/gif/gif_lzw.h"

#include "base/mem.h"

enum { BITS_MAX = 12, CODES = GIF_LZW_LONGEST };

typedef struct Lzw {
    const Source *source;
    FILE *file;
    int block;      /* bytes left in the current data block */
    uint32_t queue; /* bits read and not yet used, the oldest lowest */
    int queued;     /* how many */
    int clear;      /* the code that empties the table; clear + 1 ends the data */
    int next;       /* the first unused code */
    int bits;       /* of a code, now */
    int previous;   /* code; -1: none since the table was emptied */
    uint8_t first;  /* the first index of the string of `previous` */
    /* The string of a code from clear + 2 on is its prefix's string and one more index.
     * A prefix is always a smaller code, so that every chain ends. */
    uint16_t prefix[CODES];
    uint8_t last[CODES];
    uint8_t stack[CODES];
} Lzw;

static int next_byte(Lzw *lzw)
{
    if (lzw->block == 0)
        lzw->block = fgetc(lzw->file);
    if (lzw->block <= 0)
        return EOF;
    lzw->block--;
    return fgetc(lzw->file);
}

/* -1: the data end. */
static int next_code(Lzw *lzw)
{
    while (lzw->queued < lzw->bits) {
        int byte = next_byte(lzw);
        if (byte == EOF)
            return -1;
        lzw->queue |= (uint32_t)byte << lzw->queued;
        lzw->queued += 8;
    }
    int code = (int)(lzw->queue & ((1u << lzw->bits) - 1));
    lzw->queue >>= lzw->bits;
    lzw->queued -= lzw->bits;
    return code;
}

static void empty_table(Lzw *lzw, int bits)
{
    lzw->clear = 1 << bits;
    lzw->next = lzw->clear + 2;
    lzw->bits = bits + 1;
    lzw->previous = -1;
}

static void learn(Lzw *lzw)
{
    if (lzw->previous < 0 || lzw->next == CODES)
        return;
    lzw->prefix[lzw->next] = (uint16_t)lzw->previous;
    lzw->last[lzw->next] = lzw->first;
    lzw->next++;
    if (lzw->next == 1 << lzw->bits && lzw->bits < BITS_MAX)
        lzw->bits++;
}

/* Put the string of `code` at `to`, at most `room` indices of it. Returns their number,
 * 0 for a code that is not defined. */
static size_t expand(Lzw *lzw, int code, uint8_t *to, size_t room)
{
    bool is_next = code == lzw->next && lzw->previous >= 0;
    if (code >= lzw->next && !is_next)
        return 0;
    int at = is_next ? lzw->previous : code, stacked = 0;
    if (is_next)
        lzw->stack[stacked++] = lzw->first;
    for (; at >= lzw->clear; at = lzw->prefix[at])
        lzw->stack[stacked++] = lzw->last[at];
    lzw->stack[stacked++] = lzw->first = (uint8_t)at;
    learn(lzw);
    lzw->previous = code;
    size_t count = 0;
    while (stacked > 0 && count < room)
        to[count++] = lzw->stack[--stacked];
    return count;
}

static bool decode(Lzw *lzw, uint8_t *indices, size_t count, Err *err)
{
    int bits = fgetc(lzw->file);
    if (bits < 1 || bits > 8)
        return err_set(err, ERR_FILE, "damaged GIF file");
    empty_table(lzw, bits);
    for (size_t done = 0; done < count;) {
        if (!source_go_on(lzw->source, err))
            return false;
        int code = next_code(lzw);
        if (code < 0 || code == lzw->clear + 1)
            return err_set(err, ERR_FILE, "the GIF file is cut short");
        if (code == lzw->clear) {
            empty_table(lzw, bits);
            continue;
        }
        size_t some = expand(lzw, code, indices + done, count - done);
        if (some == 0)
            return err_set(err, ERR_FILE, "damaged GIF file");
        done += some;
    }
    return true;
}

bool gif_lzw_decode(const Source *source, uint8_t *indices, size_t count, Err *err)
{
    Lzw *lzw = mem_new(1, sizeof *lzw);
    lzw->source = source;
    lzw->file = source->file;
    bool done = decode(lzw, indices, count, err);
    mem_free(lzw);
    return done;
}
