#include "base/text/shell_quote.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool is_plain(const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_-+./:=,@%";
    return *text && text[strspn(text, plain)] == '\0';
}

void shell_quote_put(FILE *out, const char *text)
{
    if (is_plain(text)) {
        fputs(text, out);
        return;
    }
    fputc('\'', out);
    for (; *text; text++)
        fputs(*text == '\'' ? "'\\''" : (char[]){*text, '\0'}, out);
    fputc('\'', out);
}

/* Put what stands between two quotes. Returns the end. */
static const char *put_quoted(FILE *out, const char *text, char quote)
{
    for (; *text && *text != quote; text++) {
        bool escaped =
            quote == '"' && *text == '\\' && text[1] && strchr("\"\\$`\n", text[1]);
        text += escaped;
        if (!escaped || *text != '\n')
            fputc(*text, out);
    }
    return *text ? text + 1 : text;
}

/* Put one word's next part. Returns its end. */
static const char *put_part(FILE *out, const char *text)
{
    if (*text == '\'' || *text == '"')
        return put_quoted(out, text + 1, *text);
    if (*text == '\\' && text[1] == '\n') /* the line goes on */
        return text + 2;
    text += *text == '\\' && text[1];
    fputc(*text, out);
    return text + 1;
}

static const char BLANK[] = " \t\r\n";

typedef struct Word {
    const char *text, *end;
} Word;

static void put_word(FILE *out, void *context)
{
    Word *word = context;
    const char *at = word->text;
    while (*at && !strchr(BLANK, *at))
        at = put_part(out, at);
    word->end = at;
}

char *shell_quote_take(const char **text)
{
    Word word = {.text = *text + strspn(*text, BLANK)};
    *text = word.text;
    if (!*word.text)
        return NULL;
    char *taken = mem_written(put_word, &word);
    *text = word.end;
    return taken;
}
