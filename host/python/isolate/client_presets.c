/* The presets of a script in a child process. */
#include "base/mem.h"
#include "python/isolate/client.h"
#include "python/isolate/client_request.h"
#include "python/isolate/wire/wire_params.h"

enum { LEAST_PRESET = 12 /* bytes */ };

ParamValue *client_preset(Client *client, const char *name, Err *err)
{
    const ParamSet *set = client_params(client);
    Message answer = {0};
    Pack contents = {0};
    pack_text(&contents, name);
    if (!client_request(client, MESSAGE_PRESET, &contents, &answer, err))
        return NULL;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    ParamValue *values = unpack_values(&unpack, set);
    if (client_finish(client, &answer, unpack_done(&unpack), err))
        return values;
    param_values_free(values, set->count);
    return NULL;
}

static void unpack_preset(Unpack *unpack, const ParamSet *set, PresetList *list)
{
    Preset *preset = &list->presets[list->count++];
    preset->name = unpack_text(unpack);
    preset->own = unpack_bool(unpack);
    preset->values = unpack_values(unpack, set);
    if (!preset->values)
        preset->values = param_defaults(set);
}

static PresetList *unpack_presets(Unpack *unpack, const ParamSet *set)
{
    char *problem = unpack_name(unpack);
    uint32_t count = unpack_count(unpack, LEAST_PRESET, INT16_MAX);
    PresetList *list = preset_list_new((int)count, set->count);
    list->problem = problem;
    while (list->count < (int)count && !unpack->bad)
        unpack_preset(unpack, set, list);
    return list;
}

PresetList *client_presets(Client *client, Err *err)
{
    Message answer = {0};
    Pack contents = {0};
    if (!client_request(client, MESSAGE_PRESETS, &contents, &answer, err))
        return NULL;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    PresetList *list = unpack_presets(&unpack, client_params(client));
    if (client_finish(client, &answer, unpack_done(&unpack), err))
        return list;
    preset_list_free(list);
    return NULL;
}

/* A request whose answer is empty. */
static bool command(Client *client, MessageKind kind, Pack *contents, Err *err)
{
    Message answer = {0};
    return client_request(client, kind, contents, &answer, err) &&
           client_finish(client, &answer, answer.size == 0, err);
}

bool client_preset_save(Client *client, const char *name, const ParamValue *values,
                        Err *err)
{
    Pack contents = {0};
    pack_text(&contents, name);
    pack_values(&contents, client_params(client), values);
    return command(client, MESSAGE_PRESET_SAVE, &contents, err);
}

bool client_preset_delete(Client *client, const char *name, Err *err)
{
    Pack contents = {0};
    pack_text(&contents, name);
    return command(client, MESSAGE_PRESET_DELETE, &contents, err);
}
