/* fuzz_params: tables of parameters, as CSV and as JSON. They are read, or refused in
 * words that name the table (a column's own name may have any characters: they are
 * escaped where the words are shown).
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <string.h>

#include "cmd/params/param_table.h"
#include "fuzz_texts.h"

static void use(const ParamTable *table, size_t size)
{
    int line = 0;
    REQUIRE(table->count > 0);
    for (int i = 0; i < table->count; i++) {
        const TableRow *row = &table->rows[i];
        REQUIRE(row->file && row->file[0] && row->line >= line);
        line = row->line;
        for (int j = 0; j < row->count; j++) {
            const TableCell *cell = &row->cells[j];
            REQUIRE(cell->length >= 0 && (size_t)cell->length <= size);
            REQUIRE(strnlen(cell->text, (size_t)cell->length) == (size_t)cell->length);
            REQUIRE(strlen(cell->name) <= size);
        }
    }
}

static bool read_as(const uint8_t *data, size_t size, const char *extension)
{
    FuzzPath file = fuzz_texts_open(data, size, extension);
    ParamTable table;
    Err err = {0};
    bool read = param_table_read(&table, file.path, &err);
    if (read)
        use(&table, size);
    REQUIRE(read || strncmp(err.text, file.path, strlen(file.path)) == 0);
    param_table_clear(&table);
    fuzz_texts_close(&file);
    return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool csv = read_as(data, size, ".csv"), json = read_as(data, size, ".json");
    fuzz_texts.read += csv || json;
    return 0;
}

static const char *const texts[] = {
    "[{\"file\": \"a.jpg\", \"exposure\": 0.5, \"on\": true},\n {\"file\": \"b.jpg\", "
    "\"film\": null, \"name\": \"\\u00e9\\n\"}]",
    "file,exposure,film\na.jpg,0.5,\"looks/a,b.cube\"\nb.jpg,,\n",
    "[{\"file\":\"\\udcff.png\"}]",
    NULL,
};
static const char *const parts[] = {FUZZ_JSON_PARTS,
                                    FUZZ_JSON_RARE,
                                    "\"file\":",
                                    "{\"file\":\"a\"},",
                                    " ",
                                    "\n",
                                    ";",
                                    "file,",
                                    NULL};

FuzzTexts fuzz_texts = {"tables", texts, parts, 0};
