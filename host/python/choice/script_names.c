#include "python/choice/script_names.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/path.h"
#include "python/choice/script_file.h"

static int is_script(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && entry->d_name[0] != '_' &&
           path_ext_is(entry->d_name, "py") && entry->d_type != DT_DIR;
}

static bool has(const ScriptNames *names, const char *name)
{
    for (int i = 0; i < names->count; i++)
        if (strcmp(names->names[i], name) == 0)
            return true;
    return false;
}

/* Takes `name`. */
static void add(ScriptNames *names, char *name)
{
    if (has(names, name)) {
        mem_free(name);
        return;
    }
    names->names = mem_more(names->names, (size_t)names->count, 1, sizeof(char *));
    names->names[names->count++] = name;
}

/* Takes `folder`; NULL: there is none. */
static void add_folder(ScriptNames *names, char *folder)
{
    struct dirent **entries = NULL;
    int count = folder ? scandir(folder, &entries, is_script, alphasort) : 0;
    for (int i = 0; i < count; i++) {
        add(names, path_stem(entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    mem_free(folder);
}

ScriptNames script_names_list(void)
{
    ScriptNames names = {0};
    add_folder(&names, script_file_own_folder());
    add_folder(&names, installed_share("scripts"));
    return names;
}

void script_names_clear(ScriptNames *names)
{
    for (int i = 0; i < names->count; i++)
        mem_free(names->names[i]);
    mem_free(names->names);
    *names = (ScriptNames){0};
}
