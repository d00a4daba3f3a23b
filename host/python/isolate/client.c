#include "python/isolate/client.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/interrupt.h"
#include "base/thread/thread.h"
#include "python/isolate/child.h"
#include "python/isolate/client_request.h"
#include "python/isolate/message.h"
#include "python/isolate/wire_params.h"
#include "python/isolate/wire_stages.h"

enum {
    TICK_MS = 20, /* how often a wait looks at the child and at the reasons to stop */
    GRACE_MS = 1000,  /* from SIGINT to SIGKILL */
    CLOSING_MS = 300, /* the same where the program ends */
    ENDING_MS = 1000, /* from the end of the connection to the end of the process */
    MANY_DEATHS = 3,  /* in a row; then there is a pause before the next start */
    PAUSE_MS = 1000,
};

typedef enum StopReason { STOP_NONE, STOP_ASKED, STOP_SIGNAL, STOP_LATE } StopReason;

struct Client {
    /* immutable after the first load */
    Isolation how;
    char *spec, *name, *path;
    ParamSet *params;
    Message loaded; /* the first child's answer */
    /* from request to request */
    Child child;
    WireCubes cubes; /* of the last stages, known to the child, too */
    uint32_t number; /* of the last request */
    int deaths;      /* of children in a row, without an answer between */
    double died_ms;  /* when the last one ended */
    bool died;       /* in the last request */
    /* the request in work */
    double began_ms;
    double until_ms; /* the time limit */
    int signals;     /* that had come before */
    StopReason stopping;
    double kill_ms; /* while stopping */
    Err failure;    /* why the child is gone */
};

/* Waiting. */

static StopReason reason_to_stop(const Client *client, double now)
{
    if (cancel_is_set(client->how.cancel))
        return STOP_ASKED;
    if (interrupt_count() > client->signals)
        return STOP_SIGNAL;
    return now > client->until_ms ? STOP_LATE : STOP_NONE;
}

static bool tell_stop(const Client *client, Err *err)
{
    double seconds = (thread_clock_ms() - client->began_ms) / 1000;
    if (client->stopping == STOP_LATE)
        return err_set(err, ERR_SCRIPT,
                       "the script took longer than %g s (--script-timeout)",
                       client->how.limit_ms / 1000.0);
    if (client->stopping == STOP_ASKED)
        return err_set(err, ERR_CANCELLED, "the script was stopped after %.1f s",
                       seconds);
    return err_set(err, ERR_CANCELLED, "interrupted");
}

/* False: the child's time is over. */
static bool may_go_on(Client *client, Err *err)
{
    double now = thread_clock_ms();
    bool closing = cancel_reason(client->how.cancel) >= CANCEL_CLOSED;
    double grace = closing ? CLOSING_MS : GRACE_MS;
    if (!client->stopping) {
        client->stopping = reason_to_stop(client, now);
        if (!client->stopping)
            return true;
        client->kill_ms = now + grace;
        child_interrupt(&client->child);
    }
    client->kill_ms = fmin(client->kill_ms, closing ? now + grace : INFINITY);
    return now < client->kill_ms || tell_stop(client, err);
}

/* The child's own children may hold the connection open, so its end is looked for, too.
 */
static bool wait(void *context, short events, Err *err)
{
    Client *client = context;
    struct pollfd socket = {.fd = client->child.socket, .events = events};
    if (!may_go_on(client, err))
        return false;
    bool ready = poll(&socket, 1, TICK_MS) > 0;
    if (ready || !child_has_ended(&client->child) || poll(&socket, 1, 0) > 0)
        return true;
    err_set(err, ERR_SCRIPT, "the script's process ended");
    return err_code(err, EPIPE);
}

/* Requests. */

static void begin(Client *client)
{
    int limit = client->how.limit_ms;
    client->began_ms = thread_clock_ms();
    client->until_ms = limit ? client->began_ms + limit : INFINITY;
    client->signals = interrupt_count();
    client->stopping = STOP_NONE;
    client->failure = (Err){0};
    client->died = false;
}

/* The connection is closed: the process is about to end. */
static void await_end(const Client *client)
{
    for (int ms = 0; ms < ENDING_MS && !child_has_ended(&client->child); ms += TICK_MS)
        poll(NULL, 0, TICK_MS);
}

/* The child cannot be used any more, for the reason `why`, or because it has ended. */
static bool give_up(Client *client, const Err *why, Err *err)
{
    client->failure = *why;
    if (why->code == EPIPE) {
        await_end(client);
        err_set(&client->failure, ERR_SCRIPT,
                "the script's process closed its connection");
    }
    child_reap(&client->child, why->code == EPIPE ? &client->failure : NULL);
    wire_cubes_clear(&client->cubes);
    client->died = why->kind == ERR_SCRIPT && !client->stopping;
    client->deaths += client->died;
    client->died_ms = thread_clock_ms();
    if (err)
        *err = client->failure;
    return false;
}

static bool is_nonsense(Client *client, Err *err)
{
    Err why = {0};
    err_set(&why, ERR_SCRIPT, "the script's process sent what is no answer");
    return give_up(client, &why, err);
}

/* What the child says of a failure. A script that was stopped for its time tells of an
 * interrupt. */
static bool take_failure(Client *client, const Message *answer, Err *err)
{
    Err why = {0};
    Unpack unpack = unpack_begin(answer->data, answer->size);
    if (!unpack_err(&unpack, &why) || !unpack_done(&unpack))
        return is_nonsense(client, err);
    if (why.kind == ERR_CANCELLED && client->stopping)
        tell_stop(client, &why);
    if (err)
        *err = why;
    return false;
}

static bool take_answer(Client *client, Message *answer, Err *err)
{
    bool good = answer->number == client->number && answer->kind == MESSAGE_DONE;
    if (good)
        return true;
    if (answer->number == client->number && answer->kind == MESSAGE_FAILED)
        take_failure(client, answer, err);
    else
        is_nonsense(client, err);
    message_clear(answer);
    return false;
}

/* Ask the child that runs. Takes `contents`. On success the caller clears *answer. */
static bool ask(Client *client, MessageKind kind, Pack *contents, Message *answer,
                Err *err)
{
    Err why = {0};
    MessageEnd end = {client->child.socket, wait, client};
    bool done = message_send(&end, kind, ++client->number, contents, &why) &&
                message_receive(&end, answer, &why);
    pack_term(contents);
    return done ? take_answer(client, answer, err) : give_up(client, &why, err);
}

/* Starting and loading. */

static bool may_start(const Client *client, Err *err)
{
    if (client->deaths < MANY_DEATHS || thread_clock_ms() > client->died_ms + PAUSE_MS)
        return true;
    return err_set(err, ERR_SCRIPT,
                   "the script's process ended %d times in a row; it is started again "
                   "after a second",
                   client->deaths);
}

/* False: it is no description of a script; then nothing is owned. */
static bool read_loaded(Client *client, const Message *answer)
{
    Unpack unpack = unpack_begin(answer->data, answer->size);
    client->name = unpack_text(&unpack);
    client->path = unpack_name(&unpack);
    client->params = unpack.bad ? NULL : unpack_params(&unpack);
    return client->params && unpack_done(&unpack);
}

/* The first load tells of the script; a later child must tell the same. */
static bool take_loaded(Client *client, Message *answer, Err *err)
{
    Message *first = &client->loaded;
    if (!first->data) {
        *first = *answer;
        return read_loaded(client, answer) || is_nonsense(client, err);
    }
    bool same = first->size == answer->size && answer->data &&
                memcmp(first->data, answer->data, first->size) == 0;
    message_clear(answer);
    if (same)
        return true;
    child_close(&client->child, 0);
    return err_set(err, ERR_SCRIPT,
                   "its parameters have changed since it was loaded: load it again");
}

/* A child that could not load the script is of no use after it has told of its files.
 */
static bool load(Client *client, WatchFiles *files, Err *err)
{
    Message answer = {0};
    Pack contents = {0};
    pack_text(&contents, LUTIST_VERSION);
    pack_text(&contents, client->spec);
    bool good = ask(client, MESSAGE_LOAD, &contents, &answer, err) &&
                take_loaded(client, &answer, err);
    if (files)
        client_more_files(client, files);
    if (!good)
        child_close(&client->child, 0); /* it has no cubes yet */
    return good;
}

/* `files` may be NULL. */
static bool ensure_child(Client *client, WatchFiles *files, Err *err)
{
    if (client->child.pid)
        return true;
    return may_start(client, err) &&
           child_start(&client->child, client->how.program, err) &&
           load(client, files, err);
}

Client *client_open(const char *spec, const Isolation *how, WatchFiles *files, Err *err)
{
    Err why = {0};
    Client *client = mem_new(1, sizeof *client);
    client->how = *how;
    client->spec = mem_dup(spec);
    client->child.socket = -1;
    begin(client);
    if (ensure_child(client, files, &why))
        return client;
    if (client->died || client->stopping == STOP_LATE)
        err_in(&why, path_name(spec));
    if (err)
        *err = why;
    client_close(client);
    return NULL;
}

void client_close(Client *client)
{
    child_close(&client->child, CLOSING_MS);
    wire_cubes_clear(&client->cubes);
    param_set_unref(&client->params);
    message_clear(&client->loaded);
    mem_free(client->spec);
    mem_free(client->name);
    mem_free(client->path);
    mem_free(client);
}

ParamSet *client_params(const Client *client)
{
    return client->params;
}

const char *client_name(const Client *client)
{
    return client->name;
}

const char *client_path(const Client *client)
{
    return client->path;
}

bool client_has_died(const Client *client)
{
    return client->died;
}

bool client_request(Client *client, MessageKind kind, Pack *contents, Message *answer,
                    Err *err)
{
    begin(client);
    if (ensure_child(client, NULL, err))
        return ask(client, kind, contents, answer, err);
    pack_term(contents);
    return false;
}

bool client_finish(Client *client, Message *answer, bool good, Err *err)
{
    message_clear(answer);
    return good || is_nonsense(client, err);
}

char *client_doc(Client *client, Err *err)
{
    Message answer = {0};
    Pack contents = {0};
    if (!client_request(client, MESSAGE_DOC, &contents, &answer, err))
        return NULL;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    char *doc = unpack_text(&unpack);
    if (client_finish(client, &answer, unpack_done(&unpack), err))
        return doc;
    mem_free(doc);
    return NULL;
}

void client_more_files(Client *client, WatchFiles *files)
{
    Message answer = {0};
    Pack contents = {0};
    if (!client->child.pid || !ask(client, MESSAGE_FILES, &contents, &answer, NULL))
        return;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    unpack_files(&unpack, files);
    client_finish(client, &answer, unpack_done(&unpack), NULL);
}

/* A request about a curve of the stages at hand: if the child is gone, so are they. */
static bool ask_curve(const WireCurve *curve, MessageKind kind, Pack *contents,
                      Message *answer, Err *err)
{
    Client *client = curve->asker;
    if (client->child.pid)
        return ask(client, kind, contents, answer, err);
    pack_term(contents);
    if (err)
        *err = client->failure;
    return false;
}

static void pack_inputs(Pack *pack, const WireCurve *curve, const double *x, size_t n)
{
    pack_u32(pack, curve->number);
    pack_u64(pack, n);
    pack_bytes(pack, x, n * sizeof *x);
}

/* The results, each a number within what an expression may give. */
static bool read_results(WireCurve *curve, const Message *answer, double *y, size_t n)
{
    Unpack unpack = unpack_begin(answer->data, answer->size);
    bool arrays = unpack_bool(&unpack), values = unpack_bool(&unpack);
    const void *bytes = unpack_bytes(&unpack, n * sizeof *y);
    if (!bytes || !unpack_done(&unpack))
        return false;
    memcpy(y, bytes, n * sizeof *y);
    for (size_t i = 0; i < n; i++)
        if (!(fabs(y[i]) <= EXPR_HUGE))
            return false;
    curve->arrays = arrays;
    curve->values = values;
    return true;
}

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    WireCurve *curve = context;
    Message answer = {0};
    Pack contents = {0};
    pack_inputs(&contents, curve, x, n);
    if (!ask_curve(curve, MESSAGE_EVAL, &contents, &answer, err))
        return false;
    bool good = read_results(curve, &answer, y, n) || is_nonsense(curve->asker, err);
    message_clear(&answer);
    return good;
}

/* Where the child has ended, the curve is called next, and tells of it. */
static bool agrees(void *context, const double *x, const double *y, size_t n)
{
    const WireCurve *curve = context;
    Message answer = {0};
    Pack contents = {0};
    pack_inputs(&contents, curve, x, n);
    pack_bytes(&contents, y, n * sizeof *y);
    if (!ask_curve(curve, MESSAGE_AGREES, &contents, &answer, NULL))
        return false;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    bool same = unpack_bool(&unpack);
    if (!unpack_done(&unpack))
        same = is_nonsense(curve->asker, NULL);
    message_clear(&answer);
    return same;
}

static CurveCalls calls_of(const Curve *curve)
{
    const WireCurve *own = curve->context;
    return (CurveCalls){own->arrays, own->values, own->why};
}

static bool ask_stages(Client *client, const ParamValue *values, WireStages *stages,
                       Err *err)
{
    static const Curve function = {.eval = eval, .agrees = agrees};
    Message answer = {0};
    Pack contents = {0};
    pack_values(&contents, client->params, values);
    if (!ask(client, MESSAGE_STAGES, &contents, &answer, err))
        return false;
    Err why = {0};
    Unpack unpack = unpack_begin(answer.data, answer.size);
    bool good = unpack_stages(&unpack, &function, &client->cubes, stages, &why) &&
                unpack_done(&unpack);
    message_clear(&answer);
    if (!good && why.kind == ERR_MEMORY)
        return give_up(client, &why, err);
    if (!good)
        return is_nonsense(client, err);
    for (int i = 0; i < stages->n_curves; i++)
        stages->curves[i].asker = client;
    return true;
}

Plan *client_plan(Client *client, const ParamValue *values, int depth, ToneCache *tones,
                  PlanSummary *summary, Err *err)
{
    WireStages stages = {0};
    begin(client);
    Plan *plan = NULL;
    if (ensure_child(client, NULL, err) && ask_stages(client, values, &stages, err))
        plan = plan_new_with(stages.stages, stages.count, depth, tones,
                             client->how.pool, err);
    if (plan && summary)
        plan_summary_fill(summary, stages.stages, stages.count, tones, calls_of);
    client->deaths = plan ? 0 : client->deaths;
    wire_stages_clear(&stages);
    return plan;
}
