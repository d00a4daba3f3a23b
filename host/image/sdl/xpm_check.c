#include "image/sdl/xpm_check.h"

#include <ctype.h>
#include <stdlib.h>

enum { HEAD_BYTES = 256, MOST_LETTERS = 15 };

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged XPM file");
}

static bool fail_short(Err *err)
{
    return err_set(err, ERR_FILE, "the xpm file is cut short");
}

/* To behind the next quote. */
static bool to_quote(FILE *file)
{
    int c;
    while ((c = getc_unlocked(file)) != EOF && c != '"')
        ;
    return c != EOF;
}

/* A number with a blank or the end behind it. */
static bool take_number(const char **text, uint32_t *number)
{
    char *end;
    while (isspace((unsigned char)**text))
        ++*text;
    if (!isdigit((unsigned char)**text))
        return false;
    unsigned long value = strtoul(*text, &end, 10);
    *text = end;
    *number = (uint32_t)value;
    return value <= INT32_MAX && (!*end || isspace((unsigned char)*end));
}

bool xpm_check_head(const Source *source, XpmHead *head, Err *err)
{
    char text[HEAD_BYTES] = "";
    const char *at = text;
    size_t length = 0;
    int c = EOF;
    if (to_quote(source->file))
        while (length < HEAD_BYTES - 1 && (c = getc(source->file)) != EOF && c != '"')
            text[length++] = (char)c;
    text[length] = '\0';
    return (c == '"' && take_number(&at, &head->width) &&
            take_number(&at, &head->height) && take_number(&at, &head->colours) &&
            take_number(&at, &head->letters) && head->letters > 0 &&
            head->letters <= MOST_LETTERS) ||
           err_set(err, ERR_FILE, "damaged XPM header");
}

/* The letters, a blank, and what the colour is. */
static bool check_colour(FILE *file, const XpmHead *head, bool known[256], Err *err)
{
    int c = EOF;
    if (!to_quote(file))
        return fail_short(err);
    for (uint32_t i = 0; i <= head->letters; i++) {
        c = getc_unlocked(file);
        if (c == '"')
            return fail_damaged(err);
        if (c != EOF && i == 0)
            known[c] = true;
    }
    return to_quote(file) || fail_short(err);
}

/* SDL2_image looks for the next quote two bytes behind the row's. */
static bool check_row(FILE *file, const XpmHead *head, const bool known[256], Err *err)
{
    if (!to_quote(file))
        return fail_short(err);
    for (uint32_t i = 0; i < head->width * head->letters; i++) {
        int c = getc_unlocked(file);
        if (c == EOF)
            return fail_short(err);
        if (head->letters == 1 && !known[c])
            return fail_damaged(err);
    }
    if (getc_unlocked(file) != '"')
        return fail_damaged(err);
    getc_unlocked(file);
    return getc_unlocked(file) != EOF || fail_short(err);
}

bool xpm_check_rest(const Source *source, const XpmHead *head, Err *err)
{
    bool known[256] = {false};
    for (uint32_t i = 0; i < head->colours; i++)
        if (!source_go_on(source, err) || !check_colour(source->file, head, known, err))
            return false;
    for (uint32_t y = 0; y < head->height; y++)
        if (!source_go_on(source, err) || !check_row(source->file, head, known, err))
            return false;
    return true;
}
