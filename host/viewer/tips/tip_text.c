#include "viewer/tips/tip_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static void add(char *text, size_t size, const char *sentence)
{
    size_t used = strlen(text), length = strlen(sentence);
    if (!length)
        return;
    snprintf(text + used, size - used, "%s%s%s", used ? " " : "", sentence,
             strchr(".!?", sentence[length - 1]) ? "" : ".");
}

void tip_text_add(TipText *tip, const char *sentence)
{
    add(tip->text, sizeof tip->text, sentence);
}

void tip_text_keys(TipText *tip, const Bindings *bindings, const char *label,
                   const char *action)
{
    int row = action_row_find(bindings->table, action, strlen(action));
    char *keys = row < 0 ? mem_dup("") : bindings_labels(bindings, row);
    char *sentence = *keys ? mem_printf("%s: %s", label, keys) : mem_dup("");
    add(tip->keys, sizeof tip->keys, sentence);
    mem_free(sentence);
    mem_free(keys);
}

void tip_text_title(TipText *tip, const char *title)
{
    snprintf(tip->title, sizeof tip->title, "%s", title);
    tip->title[0] = (char)toupper((unsigned char)tip->title[0]);
}
