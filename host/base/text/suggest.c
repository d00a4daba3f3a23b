#include "base/text/suggest.h"

#include <stddef.h>
#include <string.h>

enum { LONGEST = 40 };

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* The number of insertions, deletions, replacements and swaps of neighbours that turn a
 * into b. */
static int distance(const char *a, const char *b)
{
    int rows[3][LONGEST + 1];
    int n = (int)strlen(b);
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (int j = 0; j <= n; j++)
        above[j] = j;
    for (int i = 1; a[i - 1]; i++) {
        row[0] = i;
        for (int j = 1; j <= n; j++) {
            int changed = a[i - 1] != b[j - 1];
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + changed);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1, LONGEST);
        }
        int *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[n];
}

const char *suggest_name(const char *word, const char *const *names, int count)
{
    size_t length = strlen(word);
    if (length > LONGEST)
        return NULL;
    const char *nearest = NULL;
    int best = length < 4 ? 2 : 3; /* one or two; one in a short word */
    for (int i = 0; i < count; i++) {
        if (!names[i] || strlen(names[i]) > LONGEST)
            continue;
        int slips = distance(word, names[i]);
        if (slips < best && slips < (int)strlen(names[i])) {
            best = slips;
            nearest = names[i];
        }
    }
    return nearest;
}
