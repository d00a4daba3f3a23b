#include "batch/develop_file.h"

#include "base/mem.h"
#include "base/path.h"
#include "image/reader.h"
#include "image/writer.h"
#include "pipe/program/run.h"

enum {
    STRIP_BYTES =
        512 << 10, /* of input or output, whichever is wider: both stay in the cache */
    STRIPS_BYTES = 2 * STRIP_BYTES,
    BLOCK_ROWS = 16, /* a row of JPEG blocks: the tallest unit of a codec */
    ALIGNMENT = 64,
    ENCODER_BYTES = 2 << 20, /* with its row of blocks and the file's buffer */
};

/* The way of the rows from reader to writer. */
typedef struct Flow {
    ImageInfo in, out;
    Program *program;
    Caller *caller;
    int rows; /* of a strip */
    size_t in_stride, out_stride;
    uint8_t *in_rows, *out_rows; /* borrowed from Strips */
} Flow;

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

static bool plan_flow(Flow *flow, ImageInfo in, Program *program, Strips *strips,
                      Err *err)
{
    *flow = (Flow){.in = in, .out = program_output(program, in), .program = program};
    flow->in_stride = padded_row(flow->in);
    flow->out_stride = padded_row(flow->out);
    bool wider = flow->out_stride > flow->in_stride;
    flow->rows = strip_rows(wider ? flow->out_stride : flow->in_stride, in.height);
    size_t rows = (size_t)flow->rows;
    if (!grow(strips, rows * (flow->in_stride + flow->out_stride), err))
        return false;
    flow->in_rows = strips->data;
    flow->out_rows = strips->data + rows * flow->in_stride;
    return true;
}

static bool map(const Flow *flow, int count, Err *err)
{
    if (flow->caller->hooks->map)
        return caller_map(flow->caller,
                          &(BatchStrip){flow->program, flow->in, flow->in_rows,
                                        flow->in_stride, flow->out_rows,
                                        flow->out_stride, count},
                          err);
    run_rows(flow->program, flow->in, flow->in_rows, flow->in_stride, flow->out_rows,
             flow->out_stride, count);
    return true;
}

/* One strip of `count` rows. The identity passes its rows on. */
static bool develop_strip(const Flow *flow, Reader *reader, Writer *writer, int count,
                          Err *err)
{
    if (!reader_read(reader, flow->in_rows, flow->in_stride, count, err))
        return false;
    if (flow->program->kind == PROGRAM_IDENTITY)
        return writer_write(writer, flow->in_rows, flow->in_stride, count, err);
    return map(flow, count, err) &&
           writer_write(writer, flow->out_rows, flow->out_stride, count, err);
}

static bool develop_rows(const Flow *flow, Reader *reader, Writer *writer,
                         Cancel *cancel, Err *err)
{
    for (int y = 0; y < flow->in.height; y += flow->rows) {
        int left = flow->in.height - y;
        if (cancel_is_set(cancel))
            return err_set(err, ERR_CANCELLED, "interrupted");
        if (!develop_strip(flow, reader, writer, left < flow->rows ? left : flow->rows,
                           err))
            return false;
    }
    return true;
}

/* The folder stays open until the file in it has its final name. */
static Writer *open_output(const FileTask *task, ImageInfo info, const Meta *meta,
                           Err *err)
{
    char *path = path_dir(task->output);
    Folder *folder = folders_get(task->folders, path, err);
    mem_free(path);
    if (!folder)
        return NULL;
    SaveOptions save = task->save;
    save.folder = folder;
    save.guard = claims_guard;
    save.context = task->claims;
    Writer *writer = writer_open(task->output, info, meta, &save, err);
    folder_unref(&folder);
    return writer;
}

static Outfile *from_reader(const FileTask *task, Reader *reader, Strips *strips,
                            Err *err)
{
    ImageInfo info = reader_info(reader);
    Flow flow;
    Program *program = program_cache_get(task->programs, info, err);
    if (!program || !plan_flow(&flow, info, program, strips, err))
        return NULL;
    flow.caller = task->caller;
    Writer *writer = open_output(task, flow.out, reader_meta(reader), err);
    if (!writer)
        return NULL;
    if (!develop_rows(&flow, reader, writer, task->cancel, err)) {
        writer_abort(writer);
        return NULL;
    }
    return writer_finish(writer, err);
}

/* The memory of the reader, strips of input and output, the encoder, and its copy of
 * the metadata. */
static uint64_t memory_for(const Reader *reader)
{
    uint64_t row = padded_row(reader_info(reader));
    return reader_memory(reader) + meta_bytes(reader_meta(reader)) + BLOCK_ROWS * row +
           STRIPS_BYTES + ENCODER_BYTES;
}

Outfile *develop_file(const FileTask *task, Strips *strips, Size *size, Err *err)
{
    Reader *reader = reader_open(task->input, &task->read, err);
    if (!reader)
        return NULL;
    ImageInfo info = reader_info(reader);
    Outfile *out = NULL;
    size->pixels = (uint64_t)info.width * (uint64_t)info.height;
    size->memory = memory_for(reader);
    if (budget_enter(task->budget, size->memory, err)) {
        if (mem_expect(size->memory, err))
            out = from_reader(task, reader, strips, err);
        budget_leave(task->budget, size->memory);
    }
    reader_close(reader);
    return out;
}
