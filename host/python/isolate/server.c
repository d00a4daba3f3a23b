#include "python/isolate/server.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "python/interp.h"
#include "python/isolate/child.h"
#include "python/isolate/child_limits.h"
#include "python/isolate/message.h"
#include "python/isolate/wire/wire_params.h"
#include "python/isolate/wire/wire_stages.h"
#include "python/script.h"
#include "python/script_presets.h"
#include "python/script_stages.h"

typedef struct Server {
    MessageEnd end;
    bool started; /* the interpreter */
    Script *script;
    WatchFiles files;     /* noted, and not told yet */
    ScriptStages *stages; /* of the newest request for them */
    WireCubes cubes;      /* that the host has, too */
} Server;

static bool is_no_request(Err *err)
{
    return err_set(err, ERR_ENV, "the host sent an invalid request");
}

/* A failure here is told to the host with its first request. */
static bool start(Server *server, Err *err)
{
    InterpConfig config = {.interruptible = true};
    if (server->started)
        return is_no_request(err);
    server->started = child_limits_set(err) && interp_start(&config, err);
    return server->started;
}

static bool load(Server *server, const char *spec, Pack *answer, Err *err)
{
    server->script = script_load_noting(spec, &server->files, err);
    if (!server->script)
        return false;
    pack_text(answer, script_name(server->script));
    pack_text(answer, script_path(server->script));
    pack_text(answer, script_function(server->script));
    pack_params(answer, script_params(server->script));
    return true;
}

static bool serve_load(Server *server, Unpack *request, Pack *answer, Err *err)
{
    char *version = unpack_text(request), *spec = unpack_name(request);
    bool good = unpack_done(request) ? true : is_no_request(err);
    if (good && strcmp(version, LUTIST_VERSION) != 0)
        good = err_set(err, ERR_ENV,
                       "lutist has been replaced by another version; start it again");
    good = good && start(server, err) && load(server, spec, answer, err);
    mem_free(version);
    mem_free(spec);
    return good;
}

static bool serve_files(Server *server, Unpack *request, Pack *answer, Err *err)
{
    (void)request, (void)err;
    if (server->script)
        script_more_files(server->script, &server->files);
    pack_files(answer, &server->files);
    watch_files_clear(&server->files);
    return true;
}

static bool serve_files_at(Server *server, Unpack *request, Pack *answer, Err *err)
{
    ParamSet *set = script_params(server->script);
    WatchFiles files = {0};
    ParamValue *values = unpack_values(request, set);
    bool known = values ? script_files_at(server->script, values, &files, err)
                        : is_no_request(err);
    if (known)
        pack_files(answer, &files);
    param_values_free(values, set->count);
    watch_files_clear(&files);
    return known;
}

static bool serve_doc(Server *server, Unpack *request, Pack *answer, Err *err)
{
    (void)request;
    char *doc = script_doc(server->script, err);
    pack_text(answer, doc);
    mem_free(doc);
    return doc != NULL;
}

static const Curve *curve_of(const void *stages, int number)
{
    return script_stages_curve(stages, number);
}

static const char *why_of(const void *stages, int number)
{
    return script_stages_calls(stages, number).why;
}

static bool serve_stages(Server *server, Unpack *request, Pack *answer, Err *err)
{
    ParamSet *set = script_params(server->script);
    script_stages_free(server->stages);
    server->stages = NULL;
    ParamValue *values = unpack_values(request, set);
    if (values)
        server->stages = script_stages_new(server->script, values, err);
    else
        is_no_request(err);
    param_values_free(values, set->count);
    if (!server->stages)
        return false;
    WireSource source = {.n_curves = script_stages_curves(server->stages),
                         .curve = curve_of,
                         .why = why_of,
                         .context = server->stages};
    source.stages = script_stages_list(server->stages, &source.count);
    pack_stages(answer, &source, &server->cubes);
    return true;
}

/* A request about a curve: its number, and as many vectors as it has. */
typedef struct CurveRequest {
    int number;
    size_t n;
    double *x, *y; /* owned */
} CurveRequest;

static double *read_vector(Unpack *request, size_t n, Err *err)
{
    double *vector = unpack_numbers(request, n, err);
    if (request->bad)
        is_no_request(err);
    return vector;
}

static bool read_curve(const Server *server, Unpack *request, CurveRequest *read,
                       Err *err)
{
    uint32_t number = unpack_u32(request);
    uint64_t n = unpack_u64(request);
    int curves = server->stages ? script_stages_curves(server->stages) : 0;
    if (request->bad || number >= (uint32_t)curves)
        return is_no_request(err);
    *read = (CurveRequest){.number = (int)number, .n = n};
    read->x = read_vector(request, n, err);
    return read->x != NULL;
}

static void curve_request_clear(CurveRequest *read)
{
    mem_free(read->x);
    mem_free(read->y);
}

static bool serve_eval(Server *server, Unpack *request, Pack *answer, Err *err)
{
    CurveRequest curve = {0};
    bool good = read_curve(server, request, &curve, err);
    curve.y = good ? mem_alloc(curve.n * sizeof(double), err) : NULL;
    good = curve.y && script_stages_eval(server->stages, curve.number, curve.x, curve.y,
                                         curve.n, err);
    if (good) {
        CurveCalls calls = script_stages_calls(server->stages, curve.number);
        pack_u32(answer, calls.arrays);
        pack_u32(answer, calls.values);
        pack_bytes(answer, curve.y, curve.n * sizeof(double));
    }
    curve_request_clear(&curve);
    return good;
}

static bool serve_agrees(Server *server, Unpack *request, Pack *answer, Err *err)
{
    CurveRequest curve = {0};
    bool good = read_curve(server, request, &curve, err);
    curve.y = good ? read_vector(request, curve.n, err) : NULL;
    if (curve.y)
        pack_u32(answer, script_stages_agrees(server->stages, curve.number, curve.x,
                                              curve.y, curve.n));
    good = curve.y != NULL;
    curve_request_clear(&curve);
    return good;
}

static bool serve_preset(Server *server, Unpack *request, Pack *answer, Err *err)
{
    const ParamSet *set = script_params(server->script);
    char *name = unpack_name(request);
    ParamValue *values = NULL;
    if (name)
        values = script_settings(server->script, name, NULL, 0, err);
    else
        is_no_request(err);
    if (values)
        pack_values(answer, set, values);
    param_values_free(values, set->count);
    mem_free(name);
    return values != NULL;
}

static bool serve_presets(Server *server, Unpack *request, Pack *answer, Err *err)
{
    (void)request;
    PresetList *list = script_presets(server->script, err);
    if (!list)
        return false;
    pack_text(answer, list->problem);
    pack_u32(answer, (uint32_t)list->count);
    for (int i = 0; i < list->count; i++) {
        pack_text(answer, list->presets[i].name);
        pack_u32(answer, list->presets[i].own);
        pack_values(answer, script_params(server->script), list->presets[i].values);
    }
    preset_list_free(list);
    return true;
}

static bool serve_preset_save(Server *server, Unpack *request, Pack *answer, Err *err)
{
    (void)answer;
    const ParamSet *set = script_params(server->script);
    char *name = unpack_name(request);
    ParamValue *values = name ? unpack_values(request, set) : NULL;
    bool good = values ? script_preset_save(server->script, name, values, err)
                       : is_no_request(err);
    param_values_free(values, set->count);
    mem_free(name);
    return good;
}

static bool serve_preset_delete(Server *server, Unpack *request, Pack *answer, Err *err)
{
    (void)answer;
    char *name = unpack_name(request);
    bool good =
        name ? script_preset_delete(server->script, name, err) : is_no_request(err);
    mem_free(name);
    return good;
}

typedef bool (*serve_fn)(Server *server, Unpack *request, Pack *answer, Err *err);

/* The first request loads, and no other one does. */
static serve_fn function_for(const Server *server, MessageKind kind)
{
    static const serve_fn functions[MESSAGE_KINDS] = {
        [MESSAGE_LOAD] = serve_load,
        [MESSAGE_FILES] = serve_files,
        [MESSAGE_FILES_AT] = serve_files_at,
        [MESSAGE_DOC] = serve_doc,
        [MESSAGE_STAGES] = serve_stages,
        [MESSAGE_EVAL] = serve_eval,
        [MESSAGE_AGREES] = serve_agrees,
        [MESSAGE_PRESET] = serve_preset,
        [MESSAGE_PRESETS] = serve_presets,
        [MESSAGE_PRESET_SAVE] = serve_preset_save,
        [MESSAGE_PRESET_DELETE] = serve_preset_delete,
    };
    bool loads = kind == MESSAGE_LOAD;
    return kind == MESSAGE_FILES || loads == !server->script ? functions[kind] : NULL;
}

static bool serve(Server *server, const Message *message, Pack *answer, Err *err)
{
    Unpack request = unpack_begin(message->data, message->size);
    serve_fn function = function_for(server, message->kind);
    if (server->started)
        interp_settle();
    bool good = function ? function(server, &request, answer, err) : is_no_request(err);
    if (server->started)
        interp_settle();
    return good;
}

/* False: the connection is closed. */
static bool reply(Server *server, const Message *message, Pack *answer)
{
    Err err = {0};
    bool good = serve(server, message, answer, &err);
    if (good && message_send(&server->end, MESSAGE_DONE, message->number, answer, &err))
        return true;
    pack_term(answer);
    wire_cubes_clear(&server->cubes); /* the host may not have got them */
    pack_err(answer, &err);
    return message_send(&server->end, MESSAGE_FAILED, message->number, answer, &err);
}

static void serve_all(Server *server)
{
    Err err;
    Message message;
    for (bool open = true; open && message_receive(&server->end, &message, &err);) {
        Pack answer = {0};
        open = reply(server, &message, &answer);
        pack_term(&answer);
        message_clear(&message);
    }
}

static bool has_host(void)
{
    struct stat facts;
    return fstat(CHILD_SOCKET, &facts) == 0 && S_ISSOCK(facts.st_mode);
}

bool server_run(long host, Err *err)
{
    if (!has_host())
        return err_set(err, ERR_USAGE, "lutist starts " CHILD_NAME " itself");
    child_limits_follow(host);
    fcntl(CHILD_SOCKET, F_SETFD, FD_CLOEXEC);
    Server server = {.end = {.socket = CHILD_SOCKET}};
    serve_all(&server);
    script_stages_free(server.stages);
    script_close(server.script);
    watch_files_clear(&server.files);
    wire_cubes_clear(&server.cubes);
    if (server.started)
        interp_stop();
    return true;
}
