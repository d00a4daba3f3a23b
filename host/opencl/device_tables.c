#include "opencl/device_tables.h"

#include <string.h>

#include "base/mem.h"

enum { ALIGNMENT = 64, SHARED_LEAST = 4096, NUMBER = 4 };

/* A program's head and regions, as kernels/opencl describes them. */
typedef struct Layout {
    int32_t *head; /* owned */
    int numbers;
    Region *regions; /* owned */
    int count;
    size_t end;
} Layout;

static size_t aligned(size_t at)
{
    return (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void begin_head(Layout *layout, int numbers)
{
    *layout = (Layout){.end = aligned((size_t)numbers * NUMBER)};
    layout->head = mem_new((size_t)numbers, NUMBER);
}

static void put(Layout *layout, int number)
{
    layout->head[layout->numbers++] = number;
}

static void put_floats(Layout *layout, const float *numbers, int count)
{
    memcpy(layout->head + layout->numbers, numbers, (size_t)count * NUMBER);
    layout->numbers += count;
}

/* The place of a table goes to the head; equal pointers have one place. */
static void put_table(Layout *layout, const void *host, size_t bytes)
{
    for (int i = 0; i < layout->count; i++)
        if (layout->regions[i].host == host) {
            put(layout, (int)layout->regions[i].at);
            return;
        }
    layout->regions =
        mem_more(layout->regions, (size_t)layout->count, 1, sizeof *layout->regions);
    layout->regions[layout->count++] = (Region){host, bytes, layout->end};
    put(layout, (int)layout->end);
    layout->end = aligned(layout->end + bytes);
}

static void lay_out_tables(Layout *layout, const Program *program)
{
    size_t bytes = program->depth == 8 ? 256 : 65536 * sizeof(uint16_t);
    begin_head(layout, 3);
    for (int c = 0; c < 3; c++)
        put_table(layout, program->tables[c], bytes);
}

static void lay_out_matrix(Layout *layout, const MatrixU8 *matrix)
{
    begin_head(layout, 13);
    for (int i = 0; i < 9; i++)
        put(layout, matrix->weight[i / 3][i % 3]);
    for (int c = 0; c < 3; c++)
        put(layout, matrix->bias[c]);
    put(layout, matrix->bits);
}

static void lay_out_mixer(Layout *layout, const MixerTables *mixer)
{
    begin_head(layout, 9);
    put(layout, mixer->lane);
    put(layout, mixer->bits);
    put(layout, mixer->has_marks);
    for (int c = 0; c < 3; c++)
        put_table(layout, mixer->in[c], sizeof mixer->in[c]);
    for (int c = 0; c < 3; c++)
        if (mixer->has_marks)
            put_table(layout, mixer->marked[c], sizeof(uint16_t) << mixer->bits);
        else
            put_table(layout, mixer->out[c], (size_t)1 << mixer->bits);
}

static void lay_out_cube(Layout *layout, const CubeU8 *cube)
{
    begin_head(layout, 6);
    put(layout, cube->table.size);
    put(layout, cube->table.bits);
    put_table(layout, cube->points->data, cube->points->bytes);
    for (int c = 0; c < 3; c++)
        put_table(layout, cube->place[c], sizeof cube->place[c]);
}

static void put_curve(Layout *layout, const LineCurve *curve, int pieces)
{
    if (curve->piece)
        put_table(layout, curve->piece, (size_t)pieces * sizeof(LinePiece));
    else
        put(layout, 0);
    put(layout, curve->shift);
    put(layout, curve->least);
    put(layout, curve->most);
    put(layout, curve->negative);
}

/* How many pieces a curve has. */
static int pieces_of(const LineCurve *curve)
{
    int side = curve->most - curve->least + 1;
    return curve->negative ? curve->negative + side : side;
}

static void put_step(Layout *layout, const Lut3dF32Step *step, const CubePoints *points)
{
    if (step->points)
        put_table(layout, step->points, points->bytes);
    else
        put(layout, 0);
    put(layout, step->size);
    put_floats(layout, step->scale, 3);
    put_floats(layout, step->start, 3);
    put_floats(layout, &step->mix, 1);
    put_floats(layout, step->matrix[0], 12);
    for (int c = 0; c < 3; c++)
        put_curve(layout, &step->curve[c], pieces_of(&step->curve[c]));
}

static void lay_out_floats(Layout *layout, const FloatSteps *floats, int levels)
{
    enum { CURVE = 5, BEFORE = 4 + 3 * CURVE, STEP = 21 + 3 * CURVE };
    const Lut3dF32 *chain = &floats->chain;
    begin_head(layout, BEFORE + chain->n_steps * STEP);
    put(layout, chain->n_steps);
    for (int c = 0; c < 3; c++)
        if (chain->tone[c])
            put_table(layout, chain->tone[c], (size_t)levels * sizeof(float));
        else
            put(layout, 0);
    for (int c = 0; c < 3; c++)
        put_curve(layout, &chain->input[c], pieces_of(&chain->input[c]));
    for (int s = 0; s < chain->n_steps; s++)
        put_step(layout, &chain->steps[s], floats->points[s]);
}

static void lay_out(Layout *layout, const Program *program)
{
    switch (program->kind) {
    case PROGRAM_MATRIX:
        lay_out_matrix(layout, program->matrix);
        break;
    case PROGRAM_MIXER:
        lay_out_mixer(layout, program->mixer);
        break;
    case PROGRAM_CUBE:
        lay_out_cube(layout, program->cube);
        break;
    case PROGRAM_FLOATS:
        lay_out_floats(layout, program->floats, 1 << program->depth);
        break;
    default:
        lay_out_tables(layout, program);
        break;
    }
}

bool device_tables_kernel(const Program *program, ImageInfo info, KernelKey *key)
{
    static const KernelName names[] = {
        [PROGRAM_TABLE] = KERNEL_LUT_CHANNELS, [PROGRAM_TABLES] = KERNEL_LUT_CHANNELS,
        [PROGRAM_MATRIX] = KERNEL_MATRIX_U8,   [PROGRAM_MIXER] = KERNEL_MIXER,
        [PROGRAM_CUBE] = KERNEL_LUT3D_U8,      [PROGRAM_FLOATS] = KERNEL_LUT3D_F32};
    if (program->kind < PROGRAM_TABLE || program->kind > PROGRAM_FLOATS)
        return false;
    *key = (KernelKey){names[program->kind], info.depth, info.channels,
                       program_output(program, info).channels};
    if (program->kind == PROGRAM_TABLE && info.channels % 2)
        *key = (KernelKey){KERNEL_LUT_ONE, info.depth, 1, 1};
    return true;
}

bool device_tables_tells(const Program *program)
{
    return program->kind == PROGRAM_FLOATS ||
           (program->kind == PROGRAM_MIXER && program->mixer->has_marks);
}

/* A place on the device that has the same numbers; NULL: none. */
static const DeviceTables *find_region(const OpenCl *opencl, const DeviceTables *own,
                                       const Region *wanted, size_t *at)
{
    for (int t = 0; t < MOST_TABLES; t++) {
        const DeviceTables *tables = &opencl->tables[t];
        for (int i = 0; tables != own && i < tables->n_regions; i++)
            if (tables->regions[i].host == wanted->host &&
                tables->regions[i].bytes == wanted->bytes) {
                *at = tables->regions[i].at;
                return tables;
            }
    }
    return NULL;
}

static bool send_region(const OpenCl *opencl, const Lane *lane,
                        const DeviceTables *tables, const Region *region,
                        uint64_t *bytes, Err *err)
{
    size_t at;
    const DeviceTables *there =
        region->bytes < SHARED_LEAST ? NULL : find_region(opencl, tables, region, &at);
    if (there)
        return CALL(opencl->cl, err, clEnqueueCopyBuffer, lane->queue,
                    there->buffer.mem, tables->buffer.mem, at, region->at,
                    region->bytes, 0, NULL, NULL);
    *bytes += region->bytes;
    return CALL(opencl->cl, err, clEnqueueWriteBuffer, lane->queue, tables->buffer.mem,
                CL_FALSE, region->at, region->bytes, region->host, 0, NULL, NULL);
}

static bool send(const OpenCl *opencl, const Lane *lane, const DeviceTables *tables,
                 const Layout *layout, uint64_t *bytes, Err *err)
{
    size_t head = (size_t)layout->numbers * NUMBER;
    *bytes += head;
    bool sent =
        CALL(opencl->cl, err, clEnqueueWriteBuffer, lane->queue, tables->buffer.mem,
             CL_FALSE, 0, head, layout->head, 0, NULL, NULL);
    for (int i = 0; sent && i < layout->count; i++)
        sent = send_region(opencl, lane, tables, &layout->regions[i], bytes, err);
    /* The head must not go before it has been read, whatever has failed. */
    bool done = CALL(opencl->cl, sent ? err : NULL, clFinish, lane->queue);
    return sent && done;
}

void device_tables_drop(const OpenCl *opencl, DeviceTables *tables)
{
    buffer_drop(opencl, &tables->buffer);
    mem_free(tables->regions);
    program_unref(&tables->program);
    *tables = (DeviceTables){0};
}

/* An empty place, or that which was used least lately. */
static DeviceTables *make_room(OpenCl *opencl)
{
    DeviceTables *oldest = NULL;
    for (int i = 0; i < MOST_TABLES; i++) {
        DeviceTables *tables = &opencl->tables[i];
        if (!tables->users && (!oldest || tables->used < oldest->used))
            oldest = tables;
    }
    REQUIRE(oldest); /* whoever uses one has a lane, and there are fewer of these */
    device_tables_drop(opencl, oldest);
    return oldest;
}

static DeviceTables *make(OpenCl *opencl, const Lane *lane, Program *program,
                          uint64_t *bytes, Err *err)
{
    Layout layout;
    lay_out(&layout, program);
    DeviceTables *tables = make_room(opencl);
    bool good = buffer_need(opencl, &tables->buffer, layout.end, err) &&
                send(opencl, lane, tables, &layout, bytes, err);
    mem_free(layout.head);
    tables->regions = layout.regions;
    if (good) {
        tables->program = program_ref(program);
        tables->n_regions = layout.count;
        return tables;
    }
    device_tables_drop(opencl, tables);
    return NULL;
}

DeviceTables *device_tables_get(OpenCl *opencl, Lane *lane, Program *program,
                                uint64_t *bytes, Err *err)
{
    DeviceTables *tables = NULL;
    for (int i = 0; !tables && i < MOST_TABLES; i++)
        if (opencl->tables[i].program == program)
            tables = &opencl->tables[i];
    if (!tables)
        tables = make(opencl, lane, program, bytes, err);
    if (!tables)
        return NULL;
    tables->users++;
    tables->used = ++opencl->uses;
    return tables;
}

void device_tables_release(DeviceTables *tables)
{
    tables->users--;
}
