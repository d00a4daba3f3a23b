#include "batch/convert.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"
#include "image/reader.h"
#include "image/writer.h"
#include "pipe/run.h"

enum {
    STRIP_BYTES =
        512 << 10,   /* of the wider of input and output: both stay in the cache */
    BLOCK_ROWS = 16, /* a row of JPEG blocks, the tallest unit of a codec */
    ALIGNMENT = 64,
};

/* How rows go from reader to writer. */
typedef struct Flow {
    ImageInfo in, out;
    Program *program;
    Maps *maps;
    int rows; /* of a strip */
    size_t in_stride, out_stride;
    uint8_t *in_rows, *out_rows; /* borrowed from Strips */
} Flow;

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* Make `folder` and those above it. */
static bool make_folder(const char *folder, Err *err)
{
    if (is_folder(folder))
        return true;
    char *parent = path_dir(folder);
    bool fine = strcmp(parent, folder) == 0 || make_folder(parent, err);
    mem_free(parent);
    if (!fine)
        return false;
    /* Another worker may have been faster. */
    if (mkdir(folder, 0777) == 0 || (errno == EEXIST && is_folder(folder)))
        return true;
    return err_set_errno(err, ERR_FILE, errno, "%s: the folder cannot be made", folder);
}

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
    if (flow->maps->hooked)
        return maps_get(flow->maps,
                        &(BatchStrip){flow->program, flow->in, flow->in_rows,
                                      flow->in_stride, flow->out_rows, flow->out_stride,
                                      count},
                        err);
    run_rows(flow->program, flow->in, flow->in_rows, flow->in_stride, flow->out_rows,
             flow->out_stride, count);
    return true;
}

/* One strip of `count` rows. An identity's rows go on as they are. */
static bool pass_strip(const Flow *flow, Reader *reader, Writer *writer, int count,
                       Err *err)
{
    if (!reader_read(reader, flow->in_rows, flow->in_stride, count, err))
        return false;
    if (flow->program->kind == PROGRAM_IDENTITY)
        return writer_write(writer, flow->in_rows, flow->in_stride, count, err);
    return map(flow, count, err) &&
           writer_write(writer, flow->out_rows, flow->out_stride, count, err);
}

static bool pass_rows(const Flow *flow, Reader *reader, Writer *writer, Cancel *cancel,
                      Err *err)
{
    for (int y = 0; y < flow->in.height; y += flow->rows) {
        int left = flow->in.height - y;
        if (cancel_is_set(cancel))
            return err_set(err, ERR_CANCELLED, "interrupted");
        if (!pass_strip(flow, reader, writer, left < flow->rows ? left : flow->rows,
                        err))
            return false;
    }
    return true;
}

static Writer *open_output(const Convert *convert, ImageInfo info, const Meta *meta,
                           Err *err)
{
    char *folder = path_dir(convert->output);
    bool made = make_folder(folder, err);
    mem_free(folder);
    return made ? writer_open(convert->output, info, meta, &convert->save, err) : NULL;
}

static bool from_reader(const Convert *convert, Reader *reader, Strips *strips,
                        Err *err)
{
    ImageInfo info = reader_info(reader);
    Flow flow;
    Program *program = looks_get(convert->looks, info, err);
    if (!program || !plan_flow(&flow, info, program, strips, err))
        return false;
    flow.maps = convert->maps;
    Writer *writer = open_output(convert, flow.out, reader_meta(reader), err);
    if (!writer)
        return false;
    if (!pass_rows(&flow, reader, writer, convert->cancel, err)) {
        writer_abort(writer);
        return false;
    }
    return writer_commit(writer, err);
}

bool convert_file(const Convert *convert, Strips *strips, uint64_t *pixels, Err *err)
{
    Reader *reader = reader_open(convert->input, &convert->read, err);
    if (!reader)
        return false;
    ImageInfo info = reader_info(reader);
    bool done = from_reader(convert, reader, strips, err);
    if (done)
        *pixels = (uint64_t)info.width * (uint64_t)info.height;
    reader_close(reader);
    return done;
}
