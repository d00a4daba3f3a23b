#include "viewer/viewer_keys.h"

#include "base/log.h"
#include "base/mem.h"
#include "viewer/action/action_table.h"
#include "viewer/keys/key_list.h"
#include "viewer/keys/keys_file.h"

/* Bind what keys.conf says. False: it has faults. */
static bool read_file(Bindings *bindings)
{
    char *path = keys_file_path();
    KeysFaults faults = {0};
    if (path)
        keys_file_load(path, bindings, &faults);
    for (int i = 0; i < faults.count && i < KEYS_FAULTS; i++) {
        char *line = keys_file_tell(path, &faults.list[i]);
        log_error("%s", line);
        mem_free(line);
    }
    bool fine = faults.count == 0;
    keys_file_clear(&faults);
    mem_free(path);
    return fine;
}

bool viewer_keys_print(const ViewerKeysOptions *options)
{
    Bindings bindings;
    bindings_init(&bindings, action_table());
    bool fine = options->defaults || read_file(&bindings);
    if (options->json)
        key_list_print_json(&bindings, stdout);
    else if (options->markdown)
        key_list_print_markdown(&bindings, stdout);
    else
        key_list_print(&bindings, stdout);
    bindings_term(&bindings);
    return fine;
}
