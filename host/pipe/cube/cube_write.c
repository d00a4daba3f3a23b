#include "pipe/cube/cube_write.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/printable.h"

/* A line has at most 250 bytes. */
enum { MOST_TEXT = 200, DECIMALS = 10, LONGEST_NUMBER = 32 };
static const double SCALE = 1e10; /* 10 to the power of DECIMALS */
/* Below it, a number times SCALE is a whole number that a double holds. */
static const double MOST_FIXED = 1e5;

/* New string: one line of text for people. */
static char *line_of(const char *text)
{
    size_t size = PRINTABLE_GROWTH * strlen(text) + MOST_TEXT;
    char *line = mem_new(size, 1);
    printable_escape(line, size, text);
    printable_shorten(line, MOST_TEXT);
    return line;
}

void cube_write_head(FILE *file, const CubeHead *head)
{
    for (int i = 0; i < head->n_comments; i++) {
        char *line = line_of(head->comments[i]);
        fprintf(file, "# %s\n", line);
        mem_free(line);
    }
    char *title = line_of(head->title);
    for (char *quote = title; (quote = strchr(quote, '"'));)
        *quote = '\'';
    fprintf(file, "TITLE \"%s\"\nLUT_%dD_SIZE %d\n", title, head->dimensions,
            head->size);
    mem_free(title);
}

static char *put_digits(char *to, unsigned long long number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + count;
}

static int count_digits(unsigned long long number)
{
    int count = 1;
    while (number >= 10) {
        number /= 10;
        count++;
    }
    return count;
}

/* scaled / SCALE, with one decimal at least. */
static char *put_fixed(char *to, bool negative, unsigned long long scaled)
{
    unsigned long long unit = (unsigned long long)SCALE, whole = scaled / unit;
    if (negative && scaled)
        *to++ = '-';
    to = put_digits(to, whole, count_digits(whole));
    *to++ = '.';
    to = put_digits(to, scaled % unit, DECIMALS);
    while (to[-1] == '0' && to[-2] != '.')
        to--;
    return to;
}

static char *put_number(char *to, double value, bool exact)
{
    double size = fabs(value);
    if (size < MOST_FIXED) {
        unsigned long long scaled = (unsigned long long)llround(size * SCALE);
        if (!exact || (double)scaled / SCALE == size)
            return put_fixed(to, value < 0, scaled);
    }
    return to + snprintf(to, LONGEST_NUMBER, "%.17g", value);
}

static void put_rows(FILE *file, const double *const planes[3], size_t n, bool exact)
{
    char row[3 * (LONGEST_NUMBER + 1)];
    for (size_t i = 0; i < n; i++) {
        char *to = row;
        for (int c = 0; c < 3; c++) {
            to = put_number(to, planes[c][i], exact);
            *to++ = c < 2 ? ' ' : '\n';
        }
        fwrite(row, 1, (size_t)(to - row), file);
    }
}

bool cube_write_rows(FILE *file, const double *const planes[3], size_t n, bool exact,
                     Err *err)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain)
        return err_set(err, ERR_MEMORY, "out of memory");
    locale_t before = uselocale(plain);
    put_rows(file, planes, n, exact);
    uselocale(before);
    freelocale(plain);
    return true;
}
