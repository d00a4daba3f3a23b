#include "viewer/sidecar/sidecars.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "pipe/setting_words.h"

static char *words_of(const Panel *panel)
{
    return setting_words(panel->set, panel->values);
}

static void put_words(char **place, char *words)
{
    mem_free(*place);
    *place = words;
}

void sidecars_begin(Sidecars *sidecars, const Panel *panel)
{
    if (sidecars->keeper)
        put_words(&sidecars->start, words_of(panel));
}

static void write_changed(Sidecars *sidecars, const Panel *panel, const char *script)
{
    if (!sidecars->applied || sidecars->refused)
        return;
    char *words = words_of(panel);
    if (strcmp(words, sidecars->words) != 0)
        sidecar_keeper_write(sidecars->keeper, sidecars->picture,
                             sidecar_text(script, panel->set, panel->values));
    mem_free(words);
}

static void forget(Sidecars *sidecars)
{
    sidecar_free(sidecars->found);
    sidecars->found = NULL;
    put_words(&sidecars->picture, NULL);
    sidecars->awaited = sidecars->applied = sidecars->refused = false;
}

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Has the panel the values of this picture? */
static bool is_applied(const Sidecars *sidecars, const char *picture)
{
    return sidecars->applied && is_same(picture, sidecars->picture);
}

void sidecars_show(Sidecars *sidecars, const char *picture, const char *shown,
                   const Panel *panel, const char *script)
{
    if (!sidecars->keeper || is_same(picture, sidecars->picture))
        return;
    write_changed(sidecars, panel, script);
    if (is_applied(sidecars, shown)) {
        put_words(&sidecars->left, mem_dup(shown));
        put_words(&sidecars->left_words, words_of(panel));
    }
    forget(sidecars);
    if (!picture)
        return;
    sidecars->picture = mem_dup(picture);
    sidecars->awaited = true;
    sidecar_keeper_read(sidecars->keeper, picture);
}

char *sidecars_words_of(const Sidecars *sidecars, const char *shown)
{
    bool left = is_same(shown, sidecars->left) && !is_applied(sidecars, shown);
    return left ? mem_dup(sidecars->left_words) : NULL;
}

bool sidecars_take(Sidecars *sidecars, SidecarNews *news, char *notice, size_t size)
{
    notice[0] = '\0';
    if (news->written) {
        if (!sidecars->told)
            snprintf(notice, size,
                     "The values could not be kept beside the picture, but while the "
                     "window is open: %s",
                     news->err.text);
        sidecars->told = true;
        return true;
    }
    if (!sidecars->picture || strcmp(news->picture, sidecars->picture) != 0)
        return false;
    sidecars->awaited = false;
    sidecars->found = news->sidecar;
    news->sidecar = NULL;
    sidecars->refused = news->err.kind;
    if (news->err.kind)
        snprintf(notice, size, "%s; it stays as it is, and values are not kept",
                 news->err.text);
    return true;
}

bool sidecars_wait(const Sidecars *sidecars)
{
    return sidecars->awaited;
}

bool sidecars_apply(Sidecars *sidecars, Panel *panel, const char *script, char *notice,
                    size_t size)
{
    notice[0] = '\0';
    if (!sidecars->picture || sidecars->awaited || sidecars->applied)
        return false;
    SettingRead read;
    ParamValue *values = param_defaults(panel->set);
    if (sidecars->start)
        setting_words_read(sidecars->start, panel->set, values, &read);
    const Sidecar *found = sidecars->found;
    if (found)
        sidecar_apply(found, panel->set, values);
    for (int i = 0; i < panel->set->count; i++)
        panel_set(panel, i, values[i]);
    param_values_free(values, panel->set->count);
    put_words(&sidecars->words, words_of(panel));
    sidecars->applied = true;
    if (found && found->script && strcmp(found->script, script) != 0)
        snprintf(notice, size,
                 "%s has values of the look %s: those with the same names count.",
                 path_name(sidecars->picture), found->script);
    return true;
}

void sidecars_end(Sidecars *sidecars, const Panel *panel, const char *script)
{
    if (sidecars->keeper)
        write_changed(sidecars, panel, script);
    forget(sidecars);
    put_words(&sidecars->start, NULL);
    put_words(&sidecars->words, NULL);
    put_words(&sidecars->left, NULL);
    put_words(&sidecars->left_words, NULL);
    sidecar_keeper_stop(sidecars->keeper);
    sidecars->keeper = NULL;
}
