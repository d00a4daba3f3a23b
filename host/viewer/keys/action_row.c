#include "viewer/keys/action_row.h"

#include <string.h>

const char *action_row_heading(ActionGroup group)
{
    static const char *const headings[ACTION_GROUPS] = {
        "Files",  "Picture", "Compare", "Parameters",
        "Curves", "Modes",   "Looks",   "Window"};
    return headings[group];
}

int action_row_find(ActionTable table, const char *name, size_t length)
{
    for (int i = 0; i < table.count; i++) {
        const char *own = table.rows[i].name;
        if (own && strlen(own) == length && strncmp(own, name, length) == 0)
            return i;
    }
    return -1;
}

static int count_words(const char *text, bool required)
{
    int count = 0;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        count += !required || *text != '[';
        text += strcspn(text, " ");
    }
    return count;
}

bool action_row_check(const ActionRow *row, const char *argument, Err *err)
{
    if (!row->argument && *argument)
        return err_set(err, ERR_USAGE, "%s takes no argument; '%.100s' is too much",
                       row->name, argument);
    if (row->argument &&
        count_words(argument, false) < count_words(row->argument, true))
        return err_set(err, ERR_USAGE, "an argument is missing: %s %s", row->name,
                       row->argument);
    return !row->check || row->check(argument, err);
}
