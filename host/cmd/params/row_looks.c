#include "cmd/params/row_looks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "pipe/settings.h"

/* Rows without an input that are told of one by one. */
enum { MOST_TOLD = 10 };

/* An input as a row may name it. */
typedef struct Place {
    const char *name; /* without folder */
    dev_t device;
    ino_t inode;
    int index; /* of the item */
} Place;

struct RowLooks {
    RowLooksOf of;
    const ParamTable *table;  /* borrowed */
    ParamValue **values;      /* owned: of 1 + a row; [0] is NULL */
    int *rows;                /* owned: 1 + the row of an item; 0: none */
    int *looks;               /* owned: of 1 + a row */
    Place *by_name, *by_file; /* owned; while it is made */
};

/* The values of the rows. */

static bool set_value(RowLooks *looks, const TableCell *cell, ParamValue *values,
                      Err *err)
{
    char *text = mem_printf("%s=%.*s", cell->name, cell->length, cell->text);
    const char *const texts[] = {text};
    bool set =
        !strchr(cell->name, '=') &&
        settings_apply(looks->of.params, looks->of.script, texts, 1, values, err);
    if (!set && strchr(cell->name, '='))
        err_set(err, ERR_USAGE, "'%s' is not the name of a parameter", cell->name);
    mem_free(text);
    return set;
}

static bool read_row(RowLooks *looks, int row, Err *err)
{
    const TableRow *given = &looks->table->rows[row];
    int count = looks->of.params->count;
    ParamValue *values = param_values_copy(looks->of.values, count);
    looks->values[row + 1] = values;
    for (int i = 0; i < given->count; i++)
        if (!set_value(looks, &given->cells[i], values, err))
            return param_table_fail(looks->table, given, err);
    return true;
}

static const ParamValue *values_of(const RowLooks *looks, int number)
{
    return number ? looks->values[number] : looks->of.values;
}

/* An order that puts equal values beside each other; of these the first row first. */
static int by_values(const void *a, const void *b, void *context)
{
    const RowLooks *looks = context;
    int left = *(const int *)a, right = *(const int *)b;
    const ParamValue *x = values_of(looks, left), *y = values_of(looks, right);
    for (int i = 0; i < looks->of.params->count; i++) {
        int order = strcmp(param_text_of(x[i]), param_text_of(y[i]));
        if (!order)
            order = (x[i].number > y[i].number) - (x[i].number < y[i].number);
        if (order)
            return order;
    }
    return left - right;
}

static void join_equal(RowLooks *looks)
{
    int count = looks->table->count + 1;
    int *order = mem_new((size_t)count, sizeof *order);
    looks->looks = mem_new((size_t)count, sizeof *looks->looks);
    for (int i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, (size_t)count, sizeof *order, by_values, looks);
    for (int i = 0; i < count; i++) {
        bool same = i && param_values_equal(values_of(looks, order[i - 1]),
                                            values_of(looks, order[i]),
                                            looks->of.params->count);
        looks->looks[order[i]] = same ? looks->looks[order[i - 1]] : order[i];
    }
    mem_free(order);
}

/* The inputs of the rows. */

static int by_name(const void *a, const void *b)
{
    const Place *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    return order ? order : left->index - right->index;
}

static int by_file(const void *a, const void *b)
{
    const Place *left = a, *right = b;
    if (left->device != right->device)
        return left->device < right->device ? -1 : 1;
    if (left->inode != right->inode)
        return left->inode < right->inode ? -1 : 1;
    return 0;
}

static void sort_places(RowLooks *looks)
{
    const BatchReport *report = looks->of.report;
    size_t count = (size_t)report->count;
    looks->by_name = mem_new(count, sizeof *looks->by_name);
    looks->by_file = mem_new(count, sizeof *looks->by_file);
    for (int i = 0; i < report->count; i++) {
        const char *input = report->items[i].input;
        struct stat found = {0};
        if (stat(input, &found) != 0)
            found = (struct stat){0};
        looks->by_name[i] = (Place){path_name(input), found.st_dev, found.st_ino, i};
        looks->by_file[i] = looks->by_name[i];
    }
    if (count) {
        qsort(looks->by_name, count, sizeof *looks->by_name, by_name);
        qsort(looks->by_file, count, sizeof *looks->by_file, by_file);
    }
}

static const Place *find_file(const RowLooks *looks, const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return NULL;
    Place key = {.device = found.st_dev, .inode = found.st_ino};
    return bsearch(&key, looks->by_file, (size_t)looks->of.report->count, sizeof key,
                   by_file);
}

/* How many inputs have that name, from *first on. */
static int find_names(const RowLooks *looks, const char *name, const Place **first)
{
    int low = 0, high = looks->of.report->count, count = 0;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (strcmp(looks->by_name[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = &looks->by_name[low];
    while (low + count < looks->of.report->count &&
           strcmp((*first)[count].name, name) == 0)
        count++;
    return count;
}

/* *place stays NULL where the row names no input. */
static bool find(const RowLooks *looks, const char *file, const Place **place, Err *err)
{
    const Place *first;
    *place = find_file(looks, file);
    if (*place || strchr(file, '/'))
        return true;
    int count = find_names(looks, file, &first);
    if (count > 1)
        return err_set(err, ERR_USAGE,
                       "%s is the name of several inputs; write its path", file);
    *place = count ? first : NULL;
    return true;
}

static bool bind(RowLooks *looks, int row, int *lost, Err *err)
{
    const TableRow *given = &looks->table->rows[row];
    const Place *place;
    if (!find(looks, given->file, &place, err))
        return param_table_fail(looks->table, given, err);
    if (!place) {
        if (++*lost <= MOST_TOLD)
            log_info("%s, line %d: %s is none of the inputs", looks->table->path,
                     given->line, given->file);
        return true;
    }
    int *bound = &looks->rows[place->index];
    if (*bound) {
        err_set(err, ERR_USAGE, "%s has a row already, in line %d", given->file,
                looks->table->rows[*bound - 1].line);
        return param_table_fail(looks->table, given, err);
    }
    *bound = row + 1;
    return true;
}

static void tell_rest(const RowLooks *looks, int lost)
{
    const BatchReport *report = looks->of.report;
    int without = 0;
    for (int i = 0; i < report->count; i++)
        without += !looks->rows[i];
    if (lost > MOST_TOLD)
        log_info("%s: %d more rows name none of the inputs", looks->table->path,
                 lost - MOST_TOLD);
    if (without)
        log_info("%s: %d of %d inputs have no row", looks->table->path, without,
                 report->count);
}

static bool bind_all(RowLooks *looks, Err *err)
{
    int lost = 0;
    sort_places(looks);
    looks->rows = mem_new((size_t)looks->of.report->count, sizeof *looks->rows);
    for (int row = 0; row < looks->table->count; row++)
        if (!bind(looks, row, &lost, err))
            return false;
    tell_rest(looks, lost);
    return true;
}

/* The whole. */

static bool make(RowLooks *looks, Err *err)
{
    size_t count = (size_t)looks->table->count + 1;
    looks->values = mem_new(count, sizeof(ParamValue *));
    for (int row = 0; row < looks->table->count; row++)
        if (!read_row(looks, row, err))
            return false;
    join_equal(looks);
    return bind_all(looks, err);
}

static void drop_values(RowLooks *looks, int rows)
{
    for (int i = 1; looks->values && i <= rows; i++)
        param_values_free(looks->values[i], looks->of.params->count);
    mem_free(looks->values);
}

RowLooks *row_looks_new(const ParamTable *table, const RowLooksOf *of, Err *err)
{
    RowLooks *looks = mem_new(1, sizeof *looks);
    looks->of = *of;
    looks->table = table;
    bool made = make(looks, err);
    mem_free(looks->by_name);
    mem_free(looks->by_file);
    looks->by_name = looks->by_file = NULL;
    if (made)
        return looks;
    row_looks_free(looks);
    return NULL;
}

void row_looks_free(RowLooks *looks)
{
    if (!looks)
        return;
    drop_values(looks, looks->table->count);
    mem_free(looks->rows);
    mem_free(looks->looks);
    mem_free(looks);
}

int row_looks_of(const RowLooks *looks, int index)
{
    return looks->looks[looks->rows[index]];
}

const ParamValue *row_looks_values(const RowLooks *looks, int look)
{
    return values_of(looks, look);
}
