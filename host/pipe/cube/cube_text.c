#include "pipe/cube/cube_text.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/printable.h"
#include "pipe/cube/cube_lines.h"
#include "pipe/cube/cube_number.h"

/* The shortest row is "0 0 0" and a line feed. */
enum { SHORTEST_ROW = 6, MOST_ROWS_1D = 65536, SHOWN = 40, MOST_TITLE = 250 };
/* Rows whose memory, 1 MiB, needs no proof: reading them tells better what is wrong. */
enum { FEW_ROWS = (1 << 20) / (3 * sizeof(double)) };
/* A domain must be this wide, so that its reciprocal is a number of ordinary size. */
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
    CubeLines lines;
    int seen[KEYWORDS];          /* the keyword's line; 0: it has not come */
    double numbers[KEYWORDS][3]; /* behind it */
    Err *err;
} Parser;

static void tell(const Parser *p, int line, const char *format, va_list args)
{
    char reason[256];
    vsnprintf(reason, sizeof reason, format, args);
    err_set(p->err, ERR_FILE, "%s, line %d: %s", p->lines.name, line, reason);
}

static bool wrong_at(const Parser *p, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool wrong_at(const Parser *p, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(p, line, format, args);
    va_end(args);
    return false;
}

static bool wrong(const Parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* In the line in work. */
static bool wrong(const Parser *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(p, p->lines.number, format, args);
    va_end(args);
    return false;
}

typedef struct Shown {
    char text[SHOWN * PRINTABLE_GROWTH + 8];
} Shown;

/* Foreign text for a message, up to a NUL. */
static Shown shown(const char *word, size_t n)
{
    Shown shown = {{0}};
    char copy[SHOWN + 1], safe[SHOWN * PRINTABLE_GROWTH + 1];
    size_t kept = n < SHOWN ? n : SHOWN;
    memcpy(copy, word, kept);
    copy[kept] = 0;
    printable_escape(safe, sizeof safe, copy);
    snprintf(shown.text, sizeof shown.text, "%s%s", safe,
             strlen(copy) < kept ? "\\x00"
             : kept < n          ? "..."
                                 : "");
    return shown;
}

static Keyword keyword_of(const char *word, size_t n)
{
    Keyword keyword = 0;
    while (keyword < KEYWORDS &&
           !(strlen(NAMES[keyword]) == n && memcmp(NAMES[keyword], word, n) == 0))
        keyword++;
    return keyword;
}

static bool read_number(Parser *p, double *value)
{
    const char *word;
    size_t n = cube_lines_word(&p->lines, &word);
    if (n == 0)
        return wrong(p, "a number is missing");
    if (!cube_number_parse(word, n, value))
        return wrong(p, "%s is not a number", shown(word, n).text);
    if (fabs(*value) > CUBE_MOST_VALUE)
        return wrong(p, "%s is out of range: a number goes from -1e30 to 1e30",
                     shown(word, n).text);
    return true;
}

/* `count` numbers, and nothing behind them. */
static bool read_numbers(Parser *p, double *values, int count)
{
    const char *word;
    for (int i = 0; i < count; i++)
        if (!read_number(p, &values[i]))
            return false;
    size_t n = cube_lines_word(&p->lines, &word);
    return n == 0 || wrong(p, "%s is too much", shown(word, n).text);
}

/* A quoted text, and nothing behind it. */
static bool read_title(Parser *p, CubeTables *out)
{
    const char *word;
    size_t n = cube_lines_word(&p->lines, &word);
    const char *quote = n && *word == '"'
                            ? memchr(word + 1, '"', (size_t)(p->lines.stop - word) - 1)
                            : NULL;
    if (!quote || quote + 1 != p->lines.stop)
        return wrong(p, "the TITLE is not a text in double quotes");
    size_t length = (size_t)(quote - word) - 1;
    out->title =
        mem_printf("%.*s", length < MOST_TITLE ? (int)length : MOST_TITLE, word + 1);
    return true;
}

static bool read_size(Parser *p, Keyword keyword)
{
    int most = keyword == SIZE_1D ? MOST_ROWS_1D : LUT3D_MOST_SIZE;
    double *size = p->numbers[keyword];
    if (!read_numbers(p, size, 1))
        return false;
    return (*size >= LUT3D_LEAST_SIZE && *size <= most && *size == floor(*size)) ||
           wrong(p, "%s is a whole number from 2 to %d", NAMES[keyword], most);
}

static bool read_keyword(Parser *p, CubeTables *out)
{
    const char *word;
    size_t n = cube_lines_word(&p->lines, &word);
    Keyword keyword = keyword_of(word, n);
    if (keyword == KEYWORDS)
        return wrong(p, "%s is neither a keyword of .cube files nor a number",
                     shown(word, n).text);
    if (p->seen[keyword])
        return wrong(p, "a second %s; the first is in line %d", NAMES[keyword],
                     p->seen[keyword]);
    p->seen[keyword] = p->lines.number;
    if (keyword == TITLE)
        return read_title(p, out);
    if (keyword == SIZE_1D || keyword == SIZE_3D)
        return read_size(p, keyword);
    return read_numbers(p, p->numbers[keyword], keyword < RANGE_1D ? 3 : 2);
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* There is no size, before a line that is no keyword or at the end. */
static bool no_size(Parser *p)
{
    const char *word;
    double value;
    if (!p->lines.more)
        return wrong(p, "LUT_3D_SIZE or LUT_1D_SIZE is missing");
    size_t n = cube_lines_word(&p->lines, &word);
    if (!cube_number_parse(word, n, &value))
        return wrong(p, "%s is neither a keyword of .cube files nor a number",
                     shown(word, n).text);
    return wrong(p, "the rows begin before LUT_3D_SIZE or LUT_1D_SIZE");
}

/* An input range belongs to its table; a domain is Adobe's, and its files have one
 * table and no range. */
static bool check_dialect(const Parser *p)
{
    const int *seen = p->seen;
    Keyword domain = seen[DOMAIN_MIN] ? DOMAIN_MIN : DOMAIN_MAX;
    for (Keyword range = RANGE_1D; range <= RANGE_3D; range++) {
        Keyword size = range == RANGE_1D ? SIZE_1D : SIZE_3D;
        if (seen[range] && !seen[size])
            return wrong_at(p, seen[range], "%s without %s", NAMES[range], NAMES[size]);
        if (seen[range] && seen[domain])
            return wrong_at(p, seen[range], "%s beside %s: use only one of them",
                            NAMES[range], NAMES[domain]);
    }
    if (seen[domain] && seen[SIZE_1D] && seen[SIZE_3D])
        return wrong_at(p, seen[domain],
                        "%s in a file of two tables: each wants its INPUT_RANGE",
                        NAMES[domain]);
    return true;
}

/* All keywords. Then the first row is the line in work. */
static bool read_header(Parser *p, CubeTables *out)
{
    if (!cube_lines_next(&p->lines, p->err))
        return false;
    while (p->lines.more && is_letter(*p->lines.at))
        if (!read_keyword(p, out) || !cube_lines_next(&p->lines, p->err))
            return false;
    if (!p->seen[SIZE_1D] && !p->seen[SIZE_3D])
        return no_size(p);
    if (!check_dialect(p))
        return false;
    return p->lines.more || wrong(p, "the rows of the table are missing");
}

/* The line of the domain's last number. */
static int domain_line(const Parser *p, Keyword range)
{
    const int *seen = p->seen;
    int last = seen[DOMAIN_MIN] > seen[DOMAIN_MAX] ? DOMAIN_MIN : DOMAIN_MAX;
    return seen[range] ? seen[range] : seen[last];
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
            return wrong_at(p, domain_line(p, range),
                            "the domain of %s is %s: from %g to %g",
                            (const char *[]){"red", "green", "blue"}[c],
                            hi[c] > lo[c] ? "too narrow" : "empty", lo[c], hi[c]);
    }
    return true;
}

/* Could the text that is left hold so many rows? */
static bool has_room(const Parser *p, Keyword size, size_t rows)
{
    return rows <= FEW_ROWS ||
           rows <= (cube_lines_left(&p->lines) + 1) / SHORTEST_ROW ||
           wrong_at(p, p->seen[size],
                    "%s: the table has %zu rows, and the file is too short for them",
                    NAMES[size], rows);
}

static bool read_row(Parser *p, double *values)
{
    const char *word = p->lines.at;
    if (!is_letter(*word))
        return read_numbers(p, values, 3);
    size_t n = cube_lines_word(&p->lines, &word);
    if (keyword_of(word, n) < KEYWORDS)
        return wrong(p, "%s comes after the first row", shown(word, n).text);
    return wrong(p, "%s is not a number", shown(word, n).text);
}

/* Rows from the line in work on. */
static bool read_rows(Parser *p, double *values, size_t rows)
{
    for (size_t i = 0; i < rows; i++, values += 3) {
        if (!p->lines.more)
            return wrong(p, "the file ends after %zu of %zu rows", i, rows);
        if (!read_row(p, values) || !cube_lines_next(&p->lines, p->err))
            return false;
    }
    return true;
}

static bool read_curves(Parser *p, CubeTables *out)
{
    out->n_rows = (int)p->numbers[SIZE_1D][0];
    size_t rows = (size_t)out->n_rows;
    if (!find_domain(p, RANGE_1D, out->lo, out->hi) || !has_room(p, SIZE_1D, rows))
        return false;
    out->rows = mem_alloc(3 * rows * sizeof *out->rows, p->err);
    return out->rows && read_rows(p, out->rows, rows);
}

static bool read_cube(Parser *p, CubeTables *out)
{
    int size = (int)p->numbers[SIZE_3D][0];
    size_t rows = (size_t)size * (size_t)size * (size_t)size;
    double lo[3], hi[3];
    if (!find_domain(p, RANGE_3D, lo, hi) || !has_room(p, SIZE_3D, rows))
        return false;
    double *values = cube_values_new(size, p->err);
    if (!values)
        return false;
    if (!read_rows(p, values, rows)) {
        mem_free(values);
        return false;
    }
    out->cube = cube_take(values, size, lo, hi);
    return true;
}

static bool read_tables(Parser *p, CubeTables *out)
{
    if (!read_header(p, out) || (p->seen[SIZE_1D] && !read_curves(p, out)) ||
        (p->seen[SIZE_3D] && !read_cube(p, out)))
        return false;
    if (!p->lines.more)
        return true;
    const char *word;
    size_t n = cube_lines_word(&p->lines, &word);
    return wrong(p, "%s comes after the last row of the table", shown(word, n).text);
}

bool cube_text_read(FILE *file, uint64_t size, const char *name, Cancel *cancel,
                    CubeTables *out, Err *err)
{
    CubeTables found = {0};
    Parser p = {.err = err};
    if (size == 0)
        return err_set(err, ERR_FILE, "%s: the file is empty", name);
    if (!cube_lines_init(&p.lines, file, size, name, cancel, err))
        return false;
    bool good = read_tables(&p, &found);
    cube_lines_term(&p.lines);
    if (good)
        *out = found;
    else
        cube_tables_clear(&found);
    return good;
}
