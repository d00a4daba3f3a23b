#include "viewer/script/script_source.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "python/choice/script_file.h"

void script_source_init(ScriptSource *source, const char *spec,
                        const ScriptPlace *place, void (*changed)(void *context),
                        void *context)
{
    Err err;
    *source = (ScriptSource){.spec = mem_dup(spec), .place = *place};
    source->watch = watch_start(changed, context, &err);
    if (!source->watch)
        log_error("%s: F5 reloads the script", err.text);
}

/* Here the script runs as it should: what was before is forgotten. */
static void end_well(ScriptSource *source)
{
    char *path = source->place.never ? script_file_find(source->spec) : NULL;
    crash_mark_close(&source->mark);
    if (path)
        crash_mark_forget(path);
    mem_free(path);
}

void script_source_term(ScriptSource *source)
{
    watch_stop(source->watch);
    watch_files_clear(&source->files);
    script_close(source->script);
    end_well(source);
    mem_free(source->spec);
    mem_free(source->loaded);
    mem_free(source->about);
}

void script_source_choose(ScriptSource *source, const char *spec)
{
    mem_free(source->spec);
    source->spec = mem_dup(spec);
}

/* Watch source->files. */
static void watch_them(ScriptSource *source)
{
    WatchFiles copy = {0};
    watch_files_add_all(&copy, &source->files);
    if (source->watch)
        watch_set(source->watch, &copy);
    else
        watch_files_clear(&copy);
}

/* Takes what a load has read. After a failed one the files of the script in force are
 * watched too, as they are now: what has changed in them has been tried. */
static void watch_new(ScriptSource *source, WatchFiles *read, bool keep)
{
    for (int i = 0; keep && i < source->files.count; i++) {
        const char *path = source->files.files[i].path;
        watch_files_add(read, path, watch_files_stamp(path));
    }
    watch_files_clear(&source->files);
    source->files = *read;
    watch_them(source);
}

/* An editor may have removed the script to write it anew. */
static bool is_there(const ScriptSource *source, Err *err)
{
    bool same = source->script && strcmp(source->spec, source->loaded) == 0;
    const char *path = same ? script_path(source->script) : NULL;
    return !path || access(path, F_OK) == 0 ||
           err_set_errno(err, ERR_FILE, errno, "%s", path_name(path));
}

/* Does it run in a process of its own? `path` may be NULL. */
static bool is_isolated(ScriptSource *source, const char *path)
{
    const ScriptPlace *place = &source->place;
    bool asks = path && script_file_asks(path);
    bool crashed = path && !place->always && !asks && crash_mark_has_crashed(path);
    source->notice = crashed && !place->never
                         ? "The script runs in a process of its own, because the "
                           "viewer has ended inside it (--no-isolate)."
                         : NULL;
    return !place->never && (place->always || asks || crashed);
}

static Script *load_isolated(const ScriptSource *source, const char *path,
                             WatchFiles *read, Err *err)
{
    Script *script = script_load_isolated(source->spec, &source->place.how, read, err);
    if (path && read->count == 0) /* the process has ended before it could tell */
        watch_files_add(read, path, watch_files_stamp(path));
    return script;
}

static Script *load_here(ScriptSource *source, const char *path, WatchFiles *read,
                         Err *err)
{
    crash_mark_close(&source->mark);
    if (path)
        source->mark = crash_mark_open(path);
    crash_mark_enter(&source->mark);
    Script *script = script_load_noting(source->spec, read, err);
    crash_mark_leave(&source->mark);
    return script;
}

static Script *load(ScriptSource *source, WatchFiles *read, Err *err)
{
    char *path = script_file_find(source->spec);
    Script *script = is_isolated(source, path) ? load_isolated(source, path, read, err)
                                               : load_here(source, path, read, err);
    mem_free(path);
    return script;
}

/* New. */
static char *first_line(const Script *script)
{
    Err err;
    char *doc = script_doc(script, &err);
    char *line = mem_printf("%.*s", doc ? (int)strcspn(doc, "\n") : 0, doc ? doc : "");
    mem_free(doc);
    return line;
}

bool script_source_load(ScriptSource *source)
{
    WatchFiles read = {0};
    Err err = {0};
    Script *fresh = is_there(source, &err) ? load(source, &read, &err) : NULL;
    source->err = err;
    source->loads++;
    watch_new(source, &read, !fresh);
    if (!fresh)
        return false;
    script_close(source->script);
    malloc_trim(0); /* of its tables */
    source->script = fresh;
    mem_free(source->about);
    source->about = first_line(fresh);
    mem_free(source->loaded);
    source->loaded = mem_dup(source->spec);
    return true;
}

Plan *script_source_plan(ScriptSource *source, const ParamValue *values, int depth,
                         const ColorConversion *after, Err *err)
{
    int before = source->files.count;
    crash_mark_enter(&source->mark);
    Plan *plan = script_plan_after(source->script, values, depth, after, err);
    crash_mark_leave(&source->mark);
    script_more_files(source->script, &source->files);
    if (source->files.count > before)
        watch_them(source);
    return plan;
}
