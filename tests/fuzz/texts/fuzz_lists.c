/* fuzz_lists: lists of names for --files-from, with newlines and with NULs; the first
 * name is also a pattern for the others. They are read, or refused in one line.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <string.h>

#include "batch/file/name_filter.h"
#include "cmd/name_list.h"
#include "fuzz_texts.h"

static void use(const NameList *list, size_t size)
{
    NameFilter filter = {list->names, 1, list->names, list->count > 1};
    size_t bytes = 0;
    REQUIRE(list->count > 0);
    for (int i = 0; i < list->count; i++) {
        REQUIRE(list->names[i][0]);
        bytes += strlen(list->names[i]);
        name_filter_takes(&filter, list->names[i]);
        name_filter_prunes(&filter, list->names[i]);
    }
    REQUIRE(bytes <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzPath file = fuzz_texts_open(data, size, ".txt");
    for (int nul = 0; nul < 2; nul++) {
        NameList list = {0};
        Err err = {0};
        bool read = name_list_read(&list, file.path, nul, &err);
        if (read)
            use(&list, size);
        else
            REQUIRE(err.kind == ERR_USAGE && !strchr(err.text, '\n'));
        fuzz_texts.read += read && !nul;
        name_list_clear(&list);
    }
    fuzz_texts_close(&file);
    return 0;
}

static const char *const texts[] = {"a.jpg\nfolder/b.png\n\n./c d.tif",
                                    "*.jpg\na.jpg\r\n",
                                    "day[12]/*.png\nday1/a.png\nb.png", NULL};
static const char *const parts[] = {"\n",   "\n\n",   "\r\n", "/",  "*",  "[",
                                    "]",    "[!a-z]", "?",    "\\", "..", "//",
                                    "\xFF", " ",      "-",    NULL};

FuzzTexts fuzz_texts = {"lists", texts, parts, 0};
