#include "pipe/cube/cube_text.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/printable.h"
#include "pipe/cube/cube_number.h"

/* The shortest row is "0 0 0" and a line feed. A domain must be this wide, so that its
 * reciprocal is a number of ordinary size. */
enum { SHORTEST_ROW = 6, MOST_ROWS_1D = 65536, SHOWN = 40, ASK_EVERY = 4096 };
static const double NARROWEST = 1e-6;

typedef enum Keyword {
    TITLE,
    SIZE_1D,
    SIZE_3D,
    DOMAIN_MIN,
    DOMAIN_MAX,
    RANGE_1D,
    RANGE_3D,
    KEYWORDS
} Keyword;

static const char *const NAMES[KEYWORDS] = {
    "TITLE",      "LUT_1D_SIZE",        "LUT_3D_SIZE",       "DOMAIN_MIN",
    "DOMAIN_MAX", "LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE"};

typedef struct Parser {
    const char *name;
    const char *next, *end; /* what has not been read */
    const char *at, *stop;  /* the line, without what surrounds it */
    int line;               /* its number */
    Cancel *cancel;
    Err *err;
    bool seen[KEYWORDS];
    double numbers[KEYWORDS][3]; /* behind each keyword */
} Parser;

static bool wrong(const Parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool wrong(const Parser *p, const char *format, ...)
{
    char reason[256];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    return err_set(p->err, ERR_FILE, "%s, line %d: %s", p->name, p->line, reason);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The next line that is neither empty nor a comment. False: the end. */
static bool next_line(Parser *p)
{
    while (p->next < p->end) {
        const char *feed = memchr(p->next, '\n', (size_t)(p->end - p->next));
        p->at = p->next;
        p->stop = feed ? feed : p->end;
        p->next = feed ? feed + 1 : p->end;
        p->line++;
        if (p->stop > p->at && p->stop[-1] == '\r')
            p->stop--;
        while (p->at < p->stop && is_blank(*p->at))
            p->at++;
        while (p->at < p->stop && is_blank(p->stop[-1]))
            p->stop--;
        if (p->at < p->stop && *p->at != '#')
            return true;
    }
    p->line++;
    return false;
}

/* The next word of the line; its length, 0: there is none. */
static size_t next_word(Parser *p, const char **word)
{
    while (p->at < p->stop && is_blank(*p->at))
        p->at++;
    *word = p->at;
    while (p->at < p->stop && !is_blank(*p->at))
        p->at++;
    return (size_t)(p->at - *word);
}

typedef struct Shown {
    char text[SHOWN * 4 + 4];
} Shown;

/* Foreign text for a message. */
static Shown shown(const char *word, size_t n)
{
    Shown shown = {{0}};
    char copy[SHOWN + 1];
    size_t kept = n < SHOWN ? n : SHOWN;
    memcpy(copy, word, kept);
    copy[kept] = 0;
    printable_escape(shown.text, sizeof shown.text, copy);
    return shown;
}

static bool read_number(Parser *p, double *value)
{
    const char *word;
    size_t n = next_word(p, &word);
    if (n == 0)
        return wrong(p, "a number is missing");
    if (!cube_number_parse(word, n, value))
        return wrong(p, "%s is not a number", shown(word, n).text);
    if (fabs(*value) > CUBE_MOST_VALUE)
        return wrong(p, "%s is too large", shown(word, n).text);
    return true;
}

/* `count` numbers, and nothing behind them. */
static bool read_numbers(Parser *p, double *values, int count)
{
    const char *word;
    for (int i = 0; i < count; i++)
        if (!read_number(p, &values[i]))
            return false;
    size_t n = next_word(p, &word);
    return n == 0 || wrong(p, "%s is too much", shown(word, n).text);
}

static bool read_title(const Parser *p, const char *at)
{
    while (at < p->stop && is_blank(*at))
        at++;
    bool quoted = p->stop - at >= 2 && *at == '"' && p->stop[-1] == '"';
    return quoted || wrong(p, "the TITLE is not in double quotes");
}

static bool read_size(Parser *p, Keyword keyword)
{
    int most = keyword == SIZE_1D ? MOST_ROWS_1D : LUT3D_MOST_SIZE;
    double *size = p->numbers[keyword];
    if (!read_numbers(p, size, 1))
        return false;
    if (!(*size >= LUT3D_LEAST_SIZE && *size <= most && *size == floor(*size)))
        return wrong(p, "%s is from 2 to %d", NAMES[keyword], most);
    return true;
}

static bool read_keyword(Parser *p)
{
    const char *word;
    size_t n = next_word(p, &word);
    Keyword keyword = 0;
    while (keyword < KEYWORDS &&
           !(strlen(NAMES[keyword]) == n && memcmp(NAMES[keyword], word, n) == 0))
        keyword++;
    if (keyword == KEYWORDS)
        return wrong(p, "%s is no keyword of .cube files", shown(word, n).text);
    if (p->seen[keyword])
        return wrong(p, "a second %s", NAMES[keyword]);
    p->seen[keyword] = true;
    if (keyword == TITLE)
        return read_title(p, p->at);
    if (keyword == SIZE_1D || keyword == SIZE_3D)
        return read_size(p, keyword);
    return read_numbers(p, p->numbers[keyword], keyword < RANGE_1D ? 3 : 2);
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* There is no size, before a line that is no keyword or at the end. */
static bool no_size(Parser *p, bool more)
{
    const char *word;
    double value;
    if (!more)
        return wrong(p, "LUT_3D_SIZE or LUT_1D_SIZE is missing");
    size_t n = next_word(p, &word);
    if (!cube_number_parse(word, n, &value))
        return wrong(p, "%s is no keyword of .cube files", shown(word, n).text);
    return wrong(p, "the rows begin before LUT_3D_SIZE or LUT_1D_SIZE");
}

/* All keywords. Then the first row is the line in work. */
static bool read_header(Parser *p)
{
    bool more = next_line(p);
    for (; more && is_letter(*p->at); more = next_line(p))
        if (!read_keyword(p))
            return false;
    if (!p->seen[SIZE_1D] && !p->seen[SIZE_3D])
        return no_size(p, more);
    if ((p->seen[DOMAIN_MIN] || p->seen[DOMAIN_MAX]) &&
        (p->seen[RANGE_1D] || p->seen[RANGE_3D]))
        return wrong(p,
                     "either DOMAIN_MIN and DOMAIN_MAX or the INPUT_RANGE is wanted");
    return more || wrong(p, "the rows of the table are missing");
}

/* The domain of the 1D or the 3D table. */
static bool find_domain(const Parser *p, Keyword range, double lo[3], double hi[3])
{
    for (int c = 0; c < 3; c++) {
        lo[c] = p->seen[DOMAIN_MIN] ? p->numbers[DOMAIN_MIN][c] : 0;
        hi[c] = p->seen[DOMAIN_MAX] ? p->numbers[DOMAIN_MAX][c] : 1;
        if (p->seen[range]) {
            lo[c] = p->numbers[range][0];
            hi[c] = p->numbers[range][1];
        }
        if (!(hi[c] - lo[c] >= NARROWEST))
            return err_set(p->err, ERR_FILE,
                           "%s: the domain of %s is empty: from %g to %g", p->name,
                           (const char *[]){"red", "green", "blue"}[c], lo[c], hi[c]);
    }
    return true;
}

/* Could the text that is left hold so many rows? `more`: the line in work is part of
 * it. */
static bool has_room(const Parser *p, size_t rows, bool more)
{
    size_t left = more ? (size_t)(p->end - p->at) + 1 : 0;
    return rows <= left / SHORTEST_ROW ||
           wrong(p, "the table has %zu rows, and the file is too short for them", rows);
}

/* Rows from the line in work on; `more`: there is one. */
static bool read_rows(Parser *p, double *values, size_t rows, bool *more)
{
    for (size_t i = 0; i < rows; i++, values += 3) {
        if (!*more)
            return wrong(p, "the file ends after %zu of %zu rows", i, rows);
        if (!read_numbers(p, values, 3))
            return false;
        if (i % ASK_EVERY == 0 && cancel_is_set(p->cancel))
            return err_set(p->err, ERR_CANCELLED, "stopped");
        *more = next_line(p);
    }
    return true;
}

static bool read_rows_1d(Parser *p, CubeText *out, bool *more)
{
    out->n_rows = (int)p->numbers[SIZE_1D][0];
    size_t rows = (size_t)out->n_rows;
    if (!find_domain(p, RANGE_1D, out->lo, out->hi) || !has_room(p, rows, true))
        return false;
    out->rows = mem_alloc(3 * rows * sizeof *out->rows, p->err);
    return out->rows && read_rows(p, out->rows, rows, more);
}

static bool read_cube(Parser *p, CubeText *out, bool *more)
{
    int size = (int)p->numbers[SIZE_3D][0];
    size_t rows = (size_t)size * (size_t)size * (size_t)size;
    double lo[3], hi[3];
    if (!find_domain(p, RANGE_3D, lo, hi) || !has_room(p, rows, *more))
        return false;
    double *values = cube_values_new(size, p->err);
    if (!values)
        return false;
    if (!read_rows(p, values, rows, more)) {
        mem_free(values);
        return false;
    }
    out->cube = cube_take(values, size, lo, hi);
    return true;
}

/* A 1D table in front of a 3D one becomes its shaper. */
static bool join(CubeText *out, Err *err)
{
    bool good = cube_shape(out->cube, out->rows, out->n_rows, out->lo, out->hi, err);
    mem_free(out->rows);
    out->rows = NULL;
    out->n_rows = 0;
    return good;
}

static bool read_file(Parser *p, CubeText *out)
{
    bool more = true;
    if (!read_header(p) || (p->seen[SIZE_1D] && !read_rows_1d(p, out, &more)) ||
        (p->seen[SIZE_3D] && !read_cube(p, out, &more)))
        return false;
    if (more)
        return wrong(p, "a line after the last row of the table");
    return !out->cube || !out->rows || join(out, p->err);
}

static const char *skip_byte_order_mark(const char *text, size_t size)
{
    return size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
}

bool cube_text_parse(const char *text, size_t size, const char *name, Cancel *cancel,
                     CubeText *out, Err *err)
{
    CubeText found = {0};
    Parser p = {.name = name, .end = text + size, .cancel = cancel, .err = err};
    p.next = skip_byte_order_mark(text, size);
    if (!read_file(&p, &found)) {
        cube_text_clear(&found);
        return false;
    }
    *out = found;
    return true;
}

void cube_text_clear(CubeText *text)
{
    cube_unref(&text->cube);
    mem_free(text->rows);
    *text = (CubeText){0};
}
