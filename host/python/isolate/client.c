#include "python/isolate/client.h"

#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "pipe/plan/plan_points.h"
#include "python/isolate/client_request.h"
#include "python/isolate/host_stages.h"
#include "python/isolate/wire/wire_params.h"

enum { CLOSING_MS = 300 }; /* from the end of the connection to SIGKILL */

struct Client {
    /* immutable after the first load */
    char *spec, *name, *path, *function;
    ParamSet *params;
    Message loaded; /* the first child's answer */

    HostEnd end;
};

/* False: it is no description of a script. */
static bool read_loaded(Client *client, const Message *answer)
{
    Unpack unpack = unpack_begin(answer->data, answer->size);
    client->name = unpack_name(&unpack);
    client->path = unpack_name(&unpack);
    client->function = unpack_name(&unpack);
    client->params = unpack.bad ? NULL : unpack_params(&unpack);
    return client->params && unpack_done(&unpack);
}

/* The first load tells of the script; a later child must tell the same. */
static bool take_loaded(Client *client, Message *answer, Err *err)
{
    Message *first = &client->loaded;
    if (!first->data) {
        *first = *answer;
        return read_loaded(client, answer) || host_end_refuse(&client->end, err);
    }
    bool same = first->size == answer->size && answer->data &&
                memcmp(first->data, answer->data, first->size) == 0;
    message_clear(answer);
    if (same)
        return true;
    host_end_close(&client->end, 0);
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
    bool good = host_end_ask(&client->end, MESSAGE_LOAD, &contents, &answer, err) &&
                take_loaded(client, &answer, err);
    if (files)
        client_more_files(client, files);
    if (!good)
        host_end_close(&client->end, 0);
    return good;
}

/* `files` may be NULL. */
static bool ensure_child(Client *client, WatchFiles *files, Err *err)
{
    if (client->end.child.pid)
        return true;
    return host_end_start(&client->end, err) && load(client, files, err);
}

Client *client_open(const char *spec, const Isolation *how, WatchFiles *files, Err *err)
{
    Err why = {0};
    Client *client = mem_new(1, sizeof *client);
    client->spec = mem_dup(spec);
    host_end_init(&client->end, how);
    host_end_begin(&client->end);
    if (ensure_child(client, files, &why))
        return client;
    if (client->end.died || client->end.stopping == STOP_LATE)
        err_in(&why, path_name(spec));
    if (err)
        *err = why;
    client_close(client);
    return NULL;
}

void client_close(Client *client)
{
    host_end_close(&client->end, CLOSING_MS);
    param_set_unref(&client->params);
    message_clear(&client->loaded);
    mem_free(client->spec);
    mem_free(client->name);
    mem_free(client->path);
    mem_free(client->function);
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

const char *client_function(const Client *client)
{
    return client->function;
}

bool client_has_died(const Client *client)
{
    return client->end.died;
}

bool client_request(Client *client, MessageKind kind, Pack *contents, Message *answer,
                    Err *err)
{
    host_end_begin(&client->end);
    if (ensure_child(client, NULL, err))
        return host_end_ask(&client->end, kind, contents, answer, err);
    pack_term(contents);
    return false;
}

bool client_finish(Client *client, Message *answer, bool good, Err *err)
{
    message_clear(answer);
    return good || host_end_refuse(&client->end, err);
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
    if (!client->end.child.pid ||
        !host_end_ask(&client->end, MESSAGE_FILES, &contents, &answer, NULL))
        return;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    unpack_files(&unpack, files);
    client_finish(client, &answer, unpack_done(&unpack), NULL);
}

bool client_files_at(Client *client, const ParamValue *values, WatchFiles *files,
                     Err *err)
{
    Message answer = {0};
    Pack contents = {0};
    pack_values(&contents, client->params, values);
    if (!client_request(client, MESSAGE_FILES_AT, &contents, &answer, err))
        return false;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    unpack_files(&unpack, files);
    return client_finish(client, &answer, unpack_done(&unpack), err);
}

/* With the stages of a conversion (NULL: none) behind the script's. */
static Plan *plan_of(const WireStages *stages, const ColorConversion *after, int depth,
                     ToneCache *tones, Pool *pool, Err *err)
{
    int count;
    Stage *all = color_conversion_after(after, stages->stages, stages->count, &count);
    Plan *plan = plan_new_with(all, count, depth, tones, pool, err);
    mem_free(all);
    return plan;
}

/* False: *err is set. Either way end_plan clears *stages. */
static bool begin_plan(Client *client, const ParamValue *values, WireStages *stages,
                       Err *err)
{
    host_end_begin(&client->end);
    return ensure_child(client, NULL, err) &&
           host_stages_ask(&client->end, client->params, values, stages, err);
}

static Plan *end_plan(Client *client, Plan *plan, WireStages *stages)
{
    client->end.deaths = plan ? 0 : client->end.deaths;
    wire_stages_clear(stages);
    return plan;
}

Plan *client_plan(Client *client, const ParamValue *values, int depth,
                  const ColorConversion *after, ToneCache *tones, PlanSummary *summary,
                  Err *err)
{
    WireStages stages = {0};
    Plan *plan = NULL;
    if (begin_plan(client, values, &stages, err))
        plan = plan_of(&stages, after, depth, tones, client->end.how.pool, err);
    if (plan && summary)
        plan_summary_fill(summary, stages.stages, stages.count, tones,
                          host_stages_calls);
    return end_plan(client, plan, &stages);
}

Plan *client_plan_points(Client *client, const ParamValue *values, int points, Err *err)
{
    WireStages stages = {0};
    Plan *plan = NULL;
    if (begin_plan(client, values, &stages, err))
        plan = plan_points_new(stages.stages, stages.count, points,
                               client->end.how.pool, err);
    return end_plan(client, plan, &stages);
}
