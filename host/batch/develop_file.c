#include "batch/develop_file.h"

#include "base/mem.h"
#include "base/path.h"
#include "image/reader.h"
#include "image/writer.h"

enum {
    PROFILE_BYTES = 2 << 20, /* tables of a conversion */
    ENCODER_BYTES = 2 << 20, /* with its row of blocks and the file's buffer */
    USUAL_BYTES = 64 << 20,
};

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

static Outfile *write_file(const FileTask *task, const StripFlow *flow, ImageInfo size,
                           Strips *strips, Reader *reader, Err *err)
{
    Writer *writer = open_output(task, size, reader_meta(reader), err);
    if (!writer)
        return NULL;
    if (strip_flow_run(flow, strips, reader, writer, err))
        return writer_finish(writer, err);
    writer_abort(writer);
    return NULL;
}

static bool is_smaller(ImageInfo a, ImageInfo b)
{
    return a.width < b.width || a.height < b.height;
}

static Outfile *from_reader(const FileTask *task, Reader *reader, Program *program,
                            Strips *strips, Err *err)
{
    StripFlow flow = {
        .in = reader_info(reader),
        .program = program,
        .caller = task->caller,
        .cancel = task->cancel,
        .spare = task->save.spare,
        .done = task->rows,
    };
    ImageInfo out = program_output(program, flow.in);
    ImageInfo size = fit_size_of(&task->resize, out);
    if (is_smaller(size, out)) {
        flow.scale = scale_stream_new(out, size, task->resize_linear, err);
        if (!flow.scale)
            return NULL;
    }
    Outfile *file = write_file(task, &flow, size, strips, reader, err);
    scale_stream_free(flow.scale);
    return file;
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
    ImageInfo info = reader_info(reader);
    const Meta *meta = reader_meta(reader);
    return reader_memory(reader) + meta_bytes(meta) +
           strip_flow_memory(info, spare_threads_most(task->save.spare)) +
           ENCODER_BYTES + writer_memory(task->output, info, &task->save) +
           memory_for_profile(task, meta) + memory_for_resize(task, info);
}

/* Where nothing is limited, a usual file need not ask: that would cost as much as a
 * small picture's pixels. */
static bool is_granted(const FileTask *task, uint64_t bytes, Err *err)
{
    return (bytes <= USUAL_BYTES && !task->budget->refuses) || mem_expect(bytes, err);
}

Outfile *develop_file(const FileTask *task, Strips *strips, FileFacts *facts, Err *err)
{
    Reader *reader = reader_open(task->input, &task->read, err);
    if (!reader)
        return NULL;
    if (task->save.pack.depth == 16)
        reader_widen(reader);
    ImageInfo info = reader_info(reader);
    Outfile *out = NULL;
    facts->input = *reader_found(reader);
    facts->pixels = (uint64_t)info.width * (uint64_t)info.height;
    facts->memory = memory_for(task, reader);
    if (budget_enter(task->budget, facts->memory, err)) {
        if (is_granted(task, facts->memory, err))
            out = with_program(task, reader, strips, err);
        budget_leave(task->budget, facts->memory);
    }
    reader_close(reader);
    return out;
}
