#include "viewer/script/script_news.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "python/script_presets.h"

typedef struct NewsMessage {
    const ScripterConfig *config; /* borrowed */
    ScripterNews news;
    ParamSet *set;      /* a reference; NULL: none */
    char *name, *about; /* owned */
    ParamValue *values; /* owned */
    char *folder;       /* owned */
    char *spec;         /* owned */
} NewsMessage;

static void deliver_news(void *data)
{
    const NewsMessage *message = data;
    const ScripterConfig *config = message->config;
    config->take_news(config->context, &message->news);
}

static void news_free(void *data)
{
    NewsMessage *message = data;
    if (message->set)
        param_values_free(message->values, message->set->count);
    param_set_unref(&message->set);
    mem_free(message->name);
    mem_free(message->about);
    mem_free(message->folder);
    mem_free(message->spec);
    mem_free(message);
}

/* The command line's preset and parameters are for its script. */
static void describe_script(NewsMessage *message, const ScriptSource *source)
{
    const ScripterConfig *config = message->config;
    Script *script = source->script;
    bool first = strcmp(source->loaded, config->script) == 0;
    ScripterNews *news = &message->news;
    news->spec = message->spec = mem_dup(source->loaded);
    news->set = message->set = param_set_ref(script_params(script));
    news->name = message->name = mem_dup(script_name(script));
    news->about = message->about = mem_dup(source->about);
    news->folder = message->folder = path_dir(script_path(script));
    news->values = message->values =
        script_settings(script, first ? config->preset : NULL, config->params,
                        first ? config->n_params : 0, &news->values_err);
}

void script_news_tell(const ScripterConfig *config, const ScriptSource *source,
                      bool loading)
{
    NewsMessage *message = mem_new(1, sizeof *message);
    message->config = config;
    message->news = (ScripterNews){.loading = loading,
                                   .loads = source->loads,
                                   .err = source->err,
                                   .notice = source->notice};
    if (source->script)
        describe_script(message, source);
    dispatch_post_newest(config->ui, source,
                         &(DispatchItem){deliver_news, news_free, message});
}

typedef struct PresetMessage {
    const ScripterConfig *config; /* borrowed */
    ScripterPresets presets;      /* with a reference to the set */
} PresetMessage;

static void deliver_presets(void *data)
{
    PresetMessage *message = data;
    const ScripterConfig *config = message->config;
    config->take_presets(config->context, &message->presets);
}

static void preset_message_free(void *data)
{
    PresetMessage *message = data;
    preset_list_free(message->presets.list);
    param_set_unref(&message->presets.set);
    mem_free(message->presets.refused);
    mem_free(message);
}

void script_news_presets(const ScripterConfig *config, const ScriptSource *source,
                         const char *done, const Err *err, const char *refused)
{
    Script *script = source->script;
    PresetMessage *message = mem_new(1, sizeof *message);
    ScripterPresets *presets = &message->presets;
    message->config = config;
    presets->set = param_set_ref(script_params(script));
    presets->list = script_presets(script, &presets->err);
    snprintf(presets->done, sizeof presets->done, "%s", done);
    if (err)
        presets->err = *err;
    presets->refused = refused ? mem_dup(refused) : NULL;
    dispatch_post_newest(
        config->ui, message, /* a key of its own */
        &(DispatchItem){deliver_presets, preset_message_free, message});
}
