/* fuzz_csv ROUNDS SEED: tables of comma-separated values, each time changed in other
 * places. They are read, or refused in one line; sanitizers find other faults.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <string.h>

#include "base/mem.h"
#include "base/text/csv.h"
#include "fuzz_texts.h"

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
    char *text = fuzz_texts_copy(data, size);
    CsvReader reader;
    CsvToken token;
    Err err = {0};
    int line = 0;
    csv_read(&reader, text, size);
    while ((token = csv_next(&reader, &err)) == CSV_RECORD)
        use_record(&reader, text, size, &line);
    REQUIRE(token == CSV_END || (err.kind == ERR_USAGE && err.text[0] &&
                                 !strchr(err.text, '\n') && reader.line > line));
    REQUIRE(csv_next(&reader, &err) == CSV_END);
    fuzz_texts.read += token == CSV_END;
    csv_clear(&reader);
    mem_free(text);
    return 0;
}

static const char *const texts[] = {
    "file,exposure,film\na.jpg,0.5,\"looks/a,b.cube\"\nb.jpg,,\n",
    "\357\273\277file;way\r\n\"a \"\"b\"\".jpg\";on\r\n",
    "file\tcurve\r\"two\nlines\"\t\"0,0 1,1\"\r",
    NULL,
};
static const char *const parts[] = {"\"",
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
                                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                    NULL};

FuzzTexts fuzz_texts = {"tables", texts, parts, 0};
