/* fuzz_isolate ROUNDS SEED: answers of a script's process, changed at random. The host
 * must read them, and then make a plan of them, or refuse them in one line; sanitizers
 * find other faults.
 *
 * With -DLUTIST_LIBFUZZER it is a libFuzzer target, whose first byte is the answer's
 * kind. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "fuzz_random.h"
#include "pipe/plan/plan.h"
#include "python/isolate/message.h"
#include "python/isolate/wire/wire_params.h"
#include "python/isolate/wire/wire_stages.h"

enum { CHANGES_MAX = 5, CURVES = 4, STAGES = 6, TABLE = 9 };

static void change(uint8_t *data, size_t size)
{
    static const uint8_t telling[] = {0, 1, 0x7F, 0x80, 0xF0, 0xFF};
    for (uint32_t n = 1 + below(CHANGES_MAX); n > 0; n--) {
        size_t at = below(2) ? below(size) : below(size / 4 + 1);
        uint32_t way = below(3);
        if (way == 0)
            data[at] ^= (uint8_t)(1 << below(8));
        else
            data[at] = way == 1 ? telling[below(sizeof telling)] : (uint8_t)below(256);
    }
}

/* Valid contents. */

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    memmove(y, x, n * sizeof *y);
    return true;
}

static Expr *random_expression(void)
{
    ExprNode nodes[12] = {{.op = EXPR_X}, {.op = EXPR_CONST, .value = below(9) / 4.0}};
    int count = 2 + (int)below(10);
    for (int i = 2; i < count; i++) {
        nodes[i].op = (uint16_t)below(ARITH_OPS);
        int operands = expr_op_operands(nodes[i].op);
        nodes[i].a = operands > 0 ? (uint16_t)below((size_t)i) : 0;
        nodes[i].b = operands > 1 ? (uint16_t)below((size_t)i) : 0;
        nodes[i].c = operands > 2 ? (uint16_t)below((size_t)i) : 0;
    }
    Expr *expr = expr_new(nodes, count);
    REQUIRE(expr);
    return expr;
}

static Expr *random_table(void)
{
    double values[TABLE];
    for (int i = 0; i < TABLE; i++)
        values[i] = below(100) / 99.0;
    return expr_table(values, 2 + below(TABLE - 1), NULL);
}

typedef struct Source {
    Curve curves[CURVES];
    Stage stages[STAGES];
} Source;

static const Curve *curve_at(const void *context, int number)
{
    return &((const Source *)context)->curves[number];
}

static const char *why_at(const void *context, int number)
{
    (void)context;
    (void)number;
    return "it branches";
}

static void fill_stage(const Source *source, Stage *stage)
{
    stage->kind = below(2) ? STAGE_TONE : STAGE_MATRIX;
    for (int c = 0; stage->kind == STAGE_TONE && c < 3; c++)
        stage->tone[c] = below(4) ? &source->curves[below(CURVES)] : NULL;
    for (int i = 0; i < 12; i++)
        stage->matrix[i / 4][i % 4] = below(9) / 8.0;
}

static void pack_random_stages(Pack *pack)
{
    Source source = {0};
    for (int i = 0; i < CURVES; i++)
        source.curves[i] = (Curve){.eval = eval,
                                   .expr = i == 0   ? NULL
                                           : i == 1 ? random_table()
                                                    : random_expression()};
    for (int i = 0; i < STAGES; i++)
        fill_stage(&source, &source.stages[i]);
    WireSource wire = {source.stages, STAGES, CURVES, curve_at, why_at, &source};
    WireCubes cubes = {0};
    pack_stages(pack, &wire, &cubes);
    wire_cubes_clear(&cubes);
    for (int i = 0; i < CURVES; i++) {
        Expr *expr = (Expr *)source.curves[i].expr;
        expr_unref(&expr);
    }
}

static void pack_random_params(Pack *pack)
{
    Param *params = mem_new(2, sizeof *params);
    char *words[] = {mem_dup("soft"), mem_dup("hard")};
    params[0] = (Param){.kind = PARAM_SLIDER,
                        .name = mem_dup("a"),
                        .label = mem_dup("A"),
                        .unit = mem_dup("EV"),
                        .hi = 1 + below(9)};
    params[1] = (Param){.kind = PARAM_CHOICE,
                        .name = mem_dup("b"),
                        .label = mem_dup("B"),
                        .unit = mem_dup(""),
                        .choices = mem_new(2, sizeof(char *)),
                        .n_choices = 2};
    memcpy(params[1].choices, words, sizeof words);
    ParamSet *set = param_set_new(params, 2);
    pack_params(pack, set);
    param_set_unref(&set);
}

/* Reading. */

static bool read_stages(const uint8_t *data, size_t size)
{
    static const Curve function = {.eval = eval};
    Err err = {0};
    WireStages read = {0};
    WireCubes cubes = {0};
    Unpack unpack = unpack_begin(data, size);
    bool good =
        unpack_stages(&unpack, &function, &cubes, &read, &err) && unpack_done(&unpack);
    if (good && below(8) == 0) { /* it takes long */
        Plan *plan = plan_new(read.stages, read.count, 8, &err);
        REQUIRE(plan || err.kind);
        plan_unref(&plan);
    }
    wire_stages_clear(&read);
    wire_cubes_clear(&cubes);
    REQUIRE(!strchr(err.text, '\n'));
    return good;
}

static bool read_params(const uint8_t *data, size_t size)
{
    Unpack unpack = unpack_begin(data, size);
    ParamSet *set = unpack_params(&unpack);
    for (int i = 0; set && i < set->count; i++)
        REQUIRE(param_check(&set->params[i], set->params[i].initial, NULL));
    bool good = set != NULL;
    param_set_unref(&set);
    return good;
}

static bool read_error(const uint8_t *data, size_t size)
{
    static Err err;
    Unpack unpack = unpack_begin(data, size);
    return unpack_err(&unpack, &err);
}

/* The whole message with its head, over a socket. */
static bool read_message(const uint8_t *data, size_t size)
{
    int ends[2];
    Err err = {0};
    Message message = {0};
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    REQUIRE(write(ends[0], data, size) == (ssize_t)size);
    close(ends[0]);
    bool good = message_receive(&(MessageEnd){.socket = ends[1]}, &message, &err);
    good = good && read_stages(message.data, message.size);
    message_clear(&message);
    close(ends[1]);
    return good;
}

static void pack_message(Pack *pack)
{
    int ends[2];
    uint8_t bytes[1 << 15];
    Pack contents = {0};
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    pack_random_stages(&contents);
    REQUIRE(message_send(&(MessageEnd){.socket = ends[0]}, MESSAGE_DONE, below(9),
                         &contents, NULL));
    ssize_t size = read(ends[1], bytes, sizeof bytes);
    REQUIRE(size > 0);
    pack_bytes(pack, bytes, (size_t)size);
    pack_term(&contents);
    close(ends[0]);
    close(ends[1]);
}

static void pack_error(Pack *pack)
{
    static const Err err = {
        .kind = ERR_SCRIPT, .text = "film.py: no", .trace = "Traceback\n"};
    pack_err(pack, &err);
}

static const struct {
    void (*make)(Pack *pack);
    bool (*read)(const uint8_t *data, size_t size);
} KINDS[] = {{pack_random_stages, read_stages},
             {pack_random_params, read_params},
             {pack_error, read_error},
             {pack_message, read_message}};
enum { N_KINDS = sizeof KINDS / sizeof *KINDS };

#ifdef LUTIST_LIBFUZZER
/* libFuzzer's own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    random_seed((uint32_t)size);
    if (size > 1)
        KINDS[data[0] % N_KINDS].read(data + 1, size - 1);
    return 0;
}

/* A valid answer, if there is room. */
static size_t begin(uint8_t *data, size_t most)
{
    uint32_t kind = below(N_KINDS);
    Pack pack = {0};
    KINDS[kind].make(&pack);
    size_t size = pack.size < most ? pack.size : most - 1;
    data[0] = (uint8_t)kind;
    memcpy(data + 1, pack.data, size);
    pack_term(&pack);
    return 1 + size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    enum { OFTEN = 64 };
    random_seed(seed);
    if (size <= 1 || below(OFTEN) == 0)
        return begin(data, most);
    if (below(2))
        return LLVMFuzzerMutate(data, size, most);
    change(data + 1, size - 1);
    return size;
}
#else
/* How many of the changed ones were read. */
static int fuzz(int kind, int rounds)
{
    int good = 0;
    for (int i = 0; i < rounds; i++) {
        Pack pack = {0};
        KINDS[kind].make(&pack);
        REQUIRE(KINDS[kind].read(pack.data, pack.size));
        change(pack.data, pack.size);
        size_t size = below(8) ? pack.size : below(pack.size);
        uint8_t *exact = mem_new(size, 1); /* a sanitizer sees what is read beyond it */
        memcpy(exact, pack.data, size);
        good += KINDS[kind].read(exact, size);
        mem_free(exact);
        pack_term(&pack);
    }
    return good;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int rounds = atoi(argv[1]), good = 0;
    random_seed((uint32_t)atoi(argv[2]));
    for (int kind = 0; kind < N_KINDS; kind++)
        good += fuzz(kind, rounds);
    printf("%d of %d changed answers were read\n", good, N_KINDS * rounds);
    return 0;
}
#endif
