/* fuzz_csv ROUNDS SEED: tables of comma-separated values, each time changed in other
 * places. They are read, or refused in one line; sanitizers find other faults.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/csv.h"
#include "fuzz_random.h"

/* libFuzzer's own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

static int tables_read;

/* Fields lie in the text, one behind the other, and lines go on. */
static void use_record(const CsvReader *reader, const char *text, size_t size,
                       int *line)
{
    const char *last = text;
    REQUIRE(reader->count > 0 && reader->line > *line);
    *line = reader->line;
    for (int i = 0; i < reader->count; i++) {
        const char *field = reader->fields[i];
        REQUIRE(field >= last && field <= text + size);
        last = field + strlen(field);
        REQUIRE(last <= text + size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_new(size + 1, 1);
    CsvReader reader;
    CsvToken token;
    Err err = {0};
    int line = 0;
    if (size)
        memcpy(text, data, size);
    csv_read(&reader, text, size);
    while ((token = csv_next(&reader, &err)) == CSV_RECORD)
        use_record(&reader, text, size, &line);
    REQUIRE(token == CSV_END || (err.kind == ERR_USAGE && err.text[0] &&
                                 !strchr(err.text, '\n') && reader.line > line));
    REQUIRE(csv_next(&reader, &err) == CSV_END);
    tables_read += token == CSV_END;
    csv_clear(&reader);
    mem_free(text);
    return 0;
}

static const char *const TABLES[] = {
    "file,exposure,film\na.jpg,0.5,\"looks/a,b.cube\"\nb.jpg,,\n",
    "\357\273\277file;way\r\n\"a \"\"b\"\".jpg\";on\r\n",
    "file\tcurve\r\"two\nlines\"\t\"0,0 1,1\"\r",
};
static const char *const PARTS[] = {"\"",
                                    "\"\"",
                                    ",",
                                    ";",
                                    "\t",
                                    "\n",
                                    "\r\n",
                                    "\r",
                                    " \" ",
                                    "\n\n",
                                    "\",\"",
                                    "=",
                                    " ",
                                    "\xEF\xBB\xBF",
                                    "\xFF",
                                    "\"\n\"",
                                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

enum { ROOM = 512, MOST_CHANGES = 6 };

/* Replace some bytes by a part, or one by any. */
static size_t change(char *text, size_t size)
{
    size_t at = below((uint32_t)size);
    if (below(3) == 0) {
        text[at] = (char)below(256);
        return size;
    }
    const char *part = PARTS[below(sizeof PARTS / sizeof *PARTS)];
    size_t length = strlen(part), gone = below(4);
    gone = gone < size - at ? gone : size - at;
    if (size - gone + length >= ROOM)
        return size;
    memmove(text + at + length, text + at + gone, size - at - gone);
    memcpy(text + at, part, length);
    return size - gone + length;
}

#ifndef LUTIST_LIBFUZZER
int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int rounds = atoi(argv[1]);
    random_seed((uint32_t)atoi(argv[2]));
    for (int i = 0; i < rounds; i++) {
        char text[ROOM];
        const char *table = TABLES[below(sizeof TABLES / sizeof *TABLES)];
        size_t size = strlen(table);
        memcpy(text, table, size);
        for (uint32_t n = below(MOST_CHANGES); n > 0 && size > 0; n--)
            size = change(text, size);
        LLVMFuzzerTestOneInput((const uint8_t *)text, size);
    }
    printf("%d tables, %d were read\n", rounds, tables_read);
    return 0;
}
#else
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    random_seed(seed);
    if (size == 0 || size >= ROOM || most < ROOM || below(2))
        return LLVMFuzzerMutate(data, size, most);
    return change((char *)data, size);
}
#endif
