#include "batch/flow/strip_flow.h"

#include "base/mem.h"
#include "pipe/program/run.h"

enum {
    STRIP_BYTES =
        512 << 10, /* of input or output, whichever is wider: both stay in the cache */
    BLOCK_ROWS = 16, /* a row of JPEG blocks: the tallest unit of a codec */
    ALIGNMENT = 64,
    AHEAD = 4, /* strips between reading and writing */
};

/* How the rows of a file are cut. */
typedef struct Cut {
    size_t in_stride, out_stride;
    int rows;     /* of a strip */
    size_t bytes; /* of a strip, before and after */
} Cut;

/* A place for a strip on its way. */
typedef struct Slot {
    const struct Relay *relay;
    uint8_t *in, *out;
    int count;         /* rows; 0: no more come */
    SpareTask filled;  /* the strip has been read and mapped */
    SpareTask emptied; /* it has been written */
} Slot;

/* Reading and writing on two threads. */
typedef struct Relay {
    const StripFlow *flow;
    Cut cut;
    Reader *reader; /* the caller's alone */
    Writer *writer; /* the other thread's */
    Slot slots[AHEAD];
    SpareTask role;
    atomic_bool failed; /* to write */
    Err err;            /* the other thread's: why */
} Relay;

static size_t padded_row(ImageInfo info)
{
    return (image_row_bytes(info) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static int strip_rows(size_t widest, int height)
{
    size_t rows = STRIP_BYTES / widest;
    if (rows >= BLOCK_ROWS)
        rows -= rows % BLOCK_ROWS;
    if (rows > (size_t)height)
        rows = (size_t)height;
    return rows ? (int)rows : 1;
}

static Cut cut_of(const StripFlow *flow)
{
    size_t in = padded_row(flow->in),
           out = padded_row(program_output(flow->program, flow->in));
    int rows = strip_rows(in > out ? in : out, flow->in.height);
    return (Cut){in, out, rows, (size_t)rows * (in + out)};
}

static bool grow(Strips *strips, size_t size, Err *err)
{
    if (size <= strips->size)
        return true;
    mem_free(strips->data);
    *strips = (Strips){0};
    strips->data = mem_alloc(size, err);
    strips->size = strips->data ? size : 0;
    return strips->data;
}

static bool is_identity(const StripFlow *flow)
{
    return flow->program->kind == PROGRAM_IDENTITY;
}

static void map_here(const StripFlow *flow, const Cut *cut, const Slot *slot)
{
    if (!is_identity(flow))
        run_rows(flow->program, flow->in, slot->in, cut->in_stride, slot->out,
                 cut->out_stride, slot->count);
}

static bool has_hook(const StripFlow *flow)
{
    return flow->caller->hooks->map && !is_identity(flow);
}

static bool map_by_hook(const StripFlow *flow, const Cut *cut, const Slot *slot,
                        Err *err)
{
    const BatchHooks *hooks = flow->caller->hooks;
    const BatchStrip strip = {flow->program,  flow->in,  slot->in,
                              cut->in_stride, slot->out, cut->out_stride,
                              slot->count};
    return hooks->map_anywhere ? hooks->map(hooks->context, &strip, err)
                               : caller_map(flow->caller, &strip, err);
}

static bool write_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                       Err *err)
{
    return writer_write(writer, rows, stride, count, err);
}

static bool put(const StripFlow *flow, Writer *writer, const uint8_t *rows,
                size_t stride, int count, Err *err)
{
    if (flow->scale)
        return scale_stream_push(flow->scale, rows, stride, count, write_rows, writer,
                                 err);
    return writer_write(writer, rows, stride, count, err);
}

/* The identity passes its rows on. */
static bool write_strip(const StripFlow *flow, const Cut *cut, Writer *writer,
                        const Slot *slot, Err *err)
{
    bool same = is_identity(flow);
    if (!put(flow, writer, same ? slot->in : slot->out,
             same ? cut->in_stride : cut->out_stride, slot->count, err))
        return false;
    if (flow->done)
        atomic_fetch_add(flow->done, slot->count);
    return true;
}

static bool read_strip(const StripFlow *flow, const Cut *cut, Reader *reader, int y,
                       Slot *slot, Err *err)
{
    int left = flow->in.height - y;
    slot->count = left < cut->rows ? left : cut->rows;
    if (cancel_is_set(flow->cancel))
        return err_set(err, ERR_CANCELLED, "interrupted");
    return reader_read(reader, slot->in, cut->in_stride, slot->count, err);
}

/* The other thread's part. After a failure it only makes room. */
static void write_strips(void *arg)
{
    Relay *relay = arg;
    SpareThreads *spare = relay->flow->spare;
    for (int i = 0;; i++) {
        Slot *slot = &relay->slots[i % AHEAD];
        spare_threads_await(spare, &slot->filled);
        if (!slot->count)
            return;
        if (!atomic_load(&relay->failed) &&
            !write_strip(relay->flow, &relay->cut, relay->writer, slot, &relay->err))
            atomic_store(&relay->failed, true);
        spare_threads_done(spare, &slot->emptied);
    }
}

static void map_slot(void *arg)
{
    const Slot *slot = arg;
    map_here(slot->relay->flow, &slot->relay->cut, slot);
}

/* Another thread maps if one has time. */
static bool map_somewhere(const Relay *relay, Slot *slot, Err *err)
{
    const StripFlow *flow = relay->flow;
    if (has_hook(flow) && !map_by_hook(flow, &relay->cut, slot, err))
        return false;
    if (!has_hook(flow) && !is_identity(flow) && spare_threads_has_idle(flow->spare)) {
        slot->filled.run = map_slot;
        slot->filled.arg = slot;
        spare_threads_post(flow->spare, &slot->filled);
        return true;
    }
    if (!has_hook(flow))
        map_here(flow, &relay->cut, slot);
    spare_threads_done(flow->spare, &slot->filled);
    return true;
}

/* Fill slots with the rows from `y` on, until there are no more, or writing fails. */
static bool read_ahead(Relay *relay, int y, Err *err)
{
    const StripFlow *flow = relay->flow;
    bool fine = true;
    for (int i = 0;; i++) {
        Slot *slot = &relay->slots[i % AHEAD];
        spare_threads_await(flow->spare, &slot->emptied);
        bool more = y < flow->in.height && !atomic_load(&relay->failed);
        if (more)
            fine = read_strip(flow, &relay->cut, relay->reader, y, slot, err) &&
                   map_somewhere(relay, slot, err);
        if (!more || !fine) {
            slot->count = 0;
            spare_threads_done(flow->spare, &slot->filled);
            return fine;
        }
        y += slot->count;
    }
}

/* The caller's part. An error of writing came before one of reading. */
static bool relay_run(Relay *relay, int y, Err *err)
{
    bool fine = read_ahead(relay, y, err);
    spare_threads_await(relay->flow->spare, &relay->role);
    if (!atomic_load(&relay->failed))
        return fine;
    *err = relay->err;
    return false;
}

/* The first slot has its memory. False: there is none for the others. */
static bool make_slots(Relay *relay, const Slot *first)
{
    size_t in = relay->cut.in_stride * (size_t)relay->cut.rows;
    uint8_t *data = mem_alloc((AHEAD - 1) * relay->cut.bytes, NULL);
    for (int i = 0; data && i < AHEAD; i++) {
        Slot *slot = &relay->slots[i];
        uint8_t *own = data + (size_t)(i - 1) * relay->cut.bytes;
        *slot = (Slot){.relay = relay, .emptied = {.done = true}};
        slot->in = i ? own : first->in;
        slot->out = i ? own + in : first->out;
    }
    return data;
}

/* Go on from row `y` with the help of another thread. *fine: did all go well? False:
 * there is none, or no memory. */
static bool relay_rows(const StripFlow *flow, const Cut *cut, const Slot *first,
                       Reader *reader, Writer *writer, int y, bool *fine, Err *err)
{
    if (flow->in.height - y <= cut->rows || !spare_threads_has_idle(flow->spare))
        return false;
    Relay *relay = mem_new(1, sizeof *relay);
    relay->flow = flow;
    relay->cut = *cut;
    relay->reader = reader;
    relay->writer = writer;
    relay->role = (SpareTask){.run = write_strips, .arg = relay};
    bool begun = make_slots(relay, first);
    uint8_t *own = begun ? relay->slots[1].in : NULL;
    begun = begun && spare_threads_hire(flow->spare, &relay->role);
    if (begun)
        *fine = relay_run(relay, y, err);
    mem_free(own);
    mem_free(relay);
    return begun;
}

bool strip_flow_run(const StripFlow *flow, Strips *strips, Reader *reader,
                    Writer *writer, Err *err)
{
    Cut cut = cut_of(flow);
    bool fine;
    if (!grow(strips, cut.bytes, err))
        return false;
    Slot slot = {.in = strips->data,
                 .out = strips->data + (size_t)cut.rows * cut.in_stride};
    for (int y = 0; y < flow->in.height; y += slot.count) {
        if (relay_rows(flow, &cut, &slot, reader, writer, y, &fine, err))
            return fine;
        if (!read_strip(flow, &cut, reader, y, &slot, err))
            return false;
        if (has_hook(flow) && !map_by_hook(flow, &cut, &slot, err))
            return false;
        if (!has_hook(flow))
            map_here(flow, &cut, &slot);
        if (!write_strip(flow, &cut, writer, &slot, err))
            return false;
    }
    return true;
}

uint64_t strip_flow_memory(ImageInfo in, int threads)
{
    uint64_t row = padded_row(in);
    uint64_t strips = 1 + row * (uint64_t)in.height / STRIP_BYTES;
    uint64_t held = threads == 1 ? 1 : strips < AHEAD ? strips : AHEAD;
    return held * (2 * (uint64_t)STRIP_BYTES + BLOCK_ROWS * row);
}
