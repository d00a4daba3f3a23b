#include "batch/develop_file.h"

#include "base/mem.h"
#include "base/path.h"
#include "image/reader.h"
#include "image/writer.h"
#include "pipe/program/run.h"
#include "pipe/scale/scale_stream.h"

enum {
    STRIP_BYTES =
        512 << 10, /* of input or output, whichever is wider: both stay in the cache */
    STRIPS_BYTES = 2 * STRIP_BYTES,
    BLOCK_ROWS = 16, /* a row of JPEG blocks: the tallest unit of a codec */
    ALIGNMENT = 64,
    PROFILE_BYTES = 2 << 20, /* tables of a conversion */
    ENCODER_BYTES = 2 << 20, /* with its row of blocks and the file's buffer */
};

/* The way of the rows from reader to writer. */
typedef struct Flow {
    ImageInfo in, out;
    Program *program;
    Caller *caller;
    ScaleStream *scale; /* NULL: the size stays */
    atomic_int *done;   /* counts rows; NULL: nobody asks */
    int rows;           /* of a strip */
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

static bool write_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                       Err *err)
{
    return writer_write(writer, rows, stride, count, err);
}

static bool put(const Flow *flow, Writer *writer, const uint8_t *rows, size_t stride,
                int count, Err *err)
{
    if (flow->scale)
        return scale_stream_push(flow->scale, rows, stride, count, write_rows, writer,
                                 err);
    return writer_write(writer, rows, stride, count, err);
}

/* One strip of `count` rows. The identity passes its rows on. */
static bool develop_strip(const Flow *flow, Reader *reader, Writer *writer, int count,
                          Err *err)
{
    if (!reader_read(reader, flow->in_rows, flow->in_stride, count, err))
        return false;
    if (flow->program->kind == PROGRAM_IDENTITY)
        return put(flow, writer, flow->in_rows, flow->in_stride, count, err);
    return map(flow, count, err) &&
           put(flow, writer, flow->out_rows, flow->out_stride, count, err);
}

static bool develop_rows(const Flow *flow, Reader *reader, Writer *writer,
                         Cancel *cancel, Err *err)
{
    for (int y = 0; y < flow->in.height; y += flow->rows) {
        int left = flow->in.height - y, count = left < flow->rows ? left : flow->rows;
        if (cancel_is_set(cancel))
            return err_set(err, ERR_CANCELLED, "interrupted");
        if (!develop_strip(flow, reader, writer, count, err))
            return false;
        if (flow->done)
            atomic_fetch_add(flow->done, count);
    }
    return true;
}

/* The metadata of rows like `info`: another reference, or a copy with the profile that
 * they were converted to. */
static Meta *output_meta(const FileTask *task, ImageInfo info, Meta *meta, Err *err)
{
    const ColorTarget *target = task->programs->target;
    if (!target)
        return meta_ref(meta);
    const Block *icc = color_target_icc(target, info.channels, err);
    return icc ? meta_with_icc(meta, icc, color_target_is_srgb(target), err) : NULL;
}

/* The folder stays open until the file in it has its final name. */
static Writer *open_output(const FileTask *task, ImageInfo info, Meta *meta, Err *err)
{
    char *path = path_dir(task->output);
    Folder *folder = folders_get(task->folders, path, err);
    mem_free(path);
    if (!folder)
        return NULL;
    Meta *told = output_meta(task, info, meta, err);
    if (!told) {
        folder_unref(&folder);
        return NULL;
    }
    SaveOptions save = task->save;
    save.folder = folder;
    Writer *writer = writer_open(task->output, info, told, &save, err);
    meta_unref(&told);
    folder_unref(&folder);
    return writer;
}

static Outfile *write_file(const FileTask *task, const Flow *flow, ImageInfo size,
                           Reader *reader, Err *err)
{
    Writer *writer = open_output(task, size, reader_meta(reader), err);
    if (!writer)
        return NULL;
    if (!develop_rows(flow, reader, writer, task->cancel, err)) {
        writer_abort(writer);
        return NULL;
    }
    return writer_finish(writer, err);
}

static bool is_smaller(ImageInfo a, ImageInfo b)
{
    return a.width < b.width || a.height < b.height;
}

static Outfile *from_reader(const FileTask *task, Reader *reader, Program *program,
                            Strips *strips, Err *err)
{
    Flow flow;
    if (!plan_flow(&flow, reader_info(reader), program, strips, err))
        return NULL;
    flow.caller = task->caller;
    flow.done = task->rows;
    ImageInfo size = fit_size_of(&task->resize, flow.out);
    if (is_smaller(size, flow.out)) {
        flow.scale = scale_stream_new(flow.out, size, task->resize_linear, err);
        if (!flow.scale)
            return NULL;
    }
    Outfile *out = write_file(task, &flow, size, reader, err);
    scale_stream_free(flow.scale);
    return out;
}

static Outfile *with_program(const FileTask *task, Reader *reader, Strips *strips,
                             Err *err)
{
    Program *program = program_cache_get(task->programs, task->look,
                                         reader_meta(reader), reader_info(reader), err);
    Outfile *out = program ? from_reader(task, reader, program, strips, err) : NULL;
    program_unref(&program);
    return out;
}

/* A profile is kept to know it again, and twice while it is read. */
static uint64_t memory_for_profile(const FileTask *task, const Meta *meta)
{
    return task->programs->target
               ? PROFILE_BYTES + meta_bytes(meta) + 3 * meta->icc.size
               : 0;
}

/* A look may make colours of gray. */
static uint64_t memory_for_resize(const FileTask *task, ImageInfo info)
{
    info.channels = info.channels % 2 ? 3 : 4;
    ImageInfo size = fit_size_of(&task->resize, info);
    return is_smaller(size, info) ? scale_stream_memory(info, size, task->resize_linear)
                                  : 0;
}

/* The memory of the reader, strips of input and output, the encoder, and its copy of
 * the metadata. */
static uint64_t memory_for(const FileTask *task, const Reader *reader)
{
    uint64_t row = padded_row(reader_info(reader));
    return reader_memory(reader) + meta_bytes(reader_meta(reader)) + BLOCK_ROWS * row +
           STRIPS_BYTES + ENCODER_BYTES +
           writer_memory(task->output, reader_info(reader), &task->save) +
           memory_for_profile(task, reader_meta(reader)) +
           memory_for_resize(task, reader_info(reader));
}

Outfile *develop_file(const FileTask *task, Strips *strips, Size *size, Err *err)
{
    Reader *reader = reader_open(task->input, &task->read, err);
    if (!reader)
        return NULL;
    ImageInfo info = reader_info(reader);
    Outfile *out = NULL;
    size->pixels = (uint64_t)info.width * (uint64_t)info.height;
    size->memory = memory_for(task, reader);
    if (budget_enter(task->budget, size->memory, err)) {
        if (mem_expect(size->memory, err))
            out = with_program(task, reader, strips, err);
        budget_leave(task->budget, size->memory);
    }
    reader_close(reader);
    return out;
}
