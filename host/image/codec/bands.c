#include "image/codec/bands.h"

#include <string.h>

#include "base/mem.h"

int bands_rows_of(size_t bytes, size_t row_bytes, int height)
{
    size_t rows = bytes / row_bytes;
    if (rows > (size_t)height)
        rows = (size_t)height;
    return rows ? (int)rows : 1;
}

int bands_most(int rows, int height, const SpareThreads *spare)
{
    int all = 1 + (height - 1) / rows, threads = spare_threads_most(spare);
    int most = threads > 1 ? threads + 2 : 1;
    most = most < BANDS_MOST ? most : BANDS_MOST;
    return most < all ? most : all;
}

static Band *band_at(Bands *bands, int number)
{
    REQUIRE(bands->made > 0);
    return &bands->ring[(bands->first + number) % bands->made];
}

/* The band that rows go into. */
static Band *filling(Bands *bands)
{
    return band_at(bands, bands->waiting);
}

static bool make_band(Bands *bands, Band *band, Err *err)
{
    size_t rows = (size_t)bands->above + (size_t)bands->rows, size;
    if (__builtin_mul_overflow(rows, bands->row_bytes, &size))
        return err_set(err, ERR_MEMORY, "out of memory");
    *band = (Band){.bands = bands};
    band->rows = mem_alloc(size, err);
    band->packer = band->rows ? bands->calls->open(bands->context, err) : NULL;
    if (band->packer)
        return true;
    mem_free(band->rows);
    band->rows = NULL;
    return false;
}

bool bands_begin(Bands *bands, Err *err)
{
    if (!make_band(bands, &bands->ring[0], err))
        return false;
    bands->made = 1;
    return true;
}

static void pack(void *arg)
{
    Band *band = arg;
    band->bands->calls->pack(band->bands->context, band);
}

static void send(Bands *bands, Band *band)
{
    if (bands->calls->judge)
        band->kind = bands->calls->judge(bands->context, band);
    band->posted = spare_threads_has_server(bands->spare);
    band->task = (SpareTask){.run = pack, .arg = band};
    if (band->posted)
        spare_threads_post(bands->spare, &band->task);
    else
        pack(band);
    bands->waiting++;
}

static bool put_first(Bands *bands, Err *err)
{
    Band *band = band_at(bands, 0);
    if (band->posted)
        spare_threads_await(bands->spare, &band->task);
    band->posted = false;
    bands->waiting--;
    bands->first = (bands->first + 1) % bands->made;
    return bands->calls->put(bands->context, band, err);
}

static bool is_packed(Bands *bands, const Band *band)
{
    return !band->posted || spare_threads_is_done(bands->spare, &band->task);
}

/* Write what is packed, in order. */
static bool put_packed(Bands *bands, Err *err)
{
    while (bands->waiting && is_packed(bands, band_at(bands, 0)))
        if (!put_first(bands, err))
            return false;
    return true;
}

/* Another place in the ring, behind the newest band. Bands that wait keep theirs only
 * where the ring begins at its start. */
static bool grow(Bands *bands)
{
    Err err;
    int most = bands_most(bands->rows, bands->height, bands->spare);
    if (bands->first != 0 || bands->made >= most ||
        !spare_threads_has_server(bands->spare))
        return false;
    if (!make_band(bands, &bands->ring[bands->made], &err))
        return false;
    bands->made++;
    return true;
}

/* The last rows of the band before, and of those above it. */
static void take_rows_above(Bands *bands, Band *band, const Band *before)
{
    int known = before->above + before->count;
    int above = known < bands->above ? known : bands->above;
    memmove(band->rows, before->rows + (size_t)(known - above) * bands->row_bytes,
            (size_t)above * bands->row_bytes);
    band->above = above;
    band->kind_above = before->kind;
    band->count = 0;
    band->y = bands->next;
}

static bool begin_band(Bands *bands, const Band *before, Err *err)
{
    if (!put_packed(bands, err))
        return false;
    if (bands->waiting == bands->made && !grow(bands) && !put_first(bands, err))
        return false;
    take_rows_above(bands, filling(bands), before);
    return true;
}

static bool end_band(Bands *bands, Band *band, Err *err)
{
    send(bands, band);
    if (bands->next < bands->height)
        return begin_band(bands, band, err);
    while (bands->waiting)
        if (!put_first(bands, err))
            return false;
    return true;
}

static bool add_row(Bands *bands, const uint8_t *row, Err *err)
{
    Band *band = filling(bands);
    size_t at = (size_t)band->above + (size_t)band->count;
    bands->calls->copy(band->rows + at * bands->row_bytes, row, bands->row_bytes);
    band->count++;
    bands->next++;
    bool full = band->count == bands->rows || bands->next == bands->height;
    return !full || end_band(bands, band, err);
}

bool bands_add(Bands *bands, const uint8_t *rows, size_t stride, int count, Err *err)
{
    for (int i = 0; i < count; i++)
        if (!add_row(bands, rows + (size_t)i * stride, err))
            return false;
    return true;
}

void bands_term(Bands *bands)
{
    for (int i = 0; i < bands->made; i++) {
        Band *band = &bands->ring[i];
        if (band->posted)
            spare_threads_await(bands->spare, &band->task);
        bands->calls->close(band->packer);
        mem_free(band->rows);
    }
    bands->made = 0;
}
