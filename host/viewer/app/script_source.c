#include "viewer/app/script_source.h"

#include <errno.h>
#include <malloc.h>
#include <unistd.h>

#include "base/log.h"
#include "base/path.h"

void script_source_init(ScriptSource *source, const char *spec,
                        void (*changed)(void *context), void *context)
{
    Err err;
    *source = (ScriptSource){.spec = spec};
    source->watch = watch_start(changed, context, &err);
    if (!source->watch)
        log_error("%s: F5 reloads the script", err.text);
}

void script_source_term(ScriptSource *source)
{
    watch_stop(source->watch);
    watch_files_clear(&source->files);
    script_close(source->script);
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
static bool is_there(const Script *script, Err *err)
{
    const char *path = script ? script_path(script) : NULL;
    return !path || access(path, F_OK) == 0 ||
           err_set_errno(err, ERR_FILE, errno, "%s", path_name(path));
}

bool script_source_load(ScriptSource *source)
{
    WatchFiles read = {0};
    Err err = {0};
    Script *fresh = is_there(source->script, &err)
                        ? script_load_noting(source->spec, &read, &err)
                        : NULL;
    source->err = err;
    source->loads++;
    watch_new(source, &read, !fresh);
    if (!fresh)
        return false;
    script_close(source->script);
    malloc_trim(0); /* of its tables */
    source->script = fresh;
    return true;
}

void script_source_called(ScriptSource *source)
{
    int before = source->files.count;
    script_more_files(source->script, &source->files);
    if (source->files.count > before)
        watch_them(source);
}
