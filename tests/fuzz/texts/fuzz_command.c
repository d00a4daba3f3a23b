/* fuzz_command: command lines, an argument a line. They are parsed, or refused in one
 * line.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <string.h>

#include "base/mem.h"
#include "cli.h"
#include "fuzz_texts.h"

enum { MOST_ARGUMENTS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_texts_copy(data, size), name[] = "lutist";
    char *argv[MOST_ARGUMENTS + 1] = {name};
    int argc = 1;
    Options options;
    Err err = {0};
    for (char *at = text, *end; at && argc < MOST_ARGUMENTS; at = end) {
        end = strchr(at, '\n');
        if (end)
            *end++ = '\0';
        argv[argc++] = at;
    }
    if (cli_parse(argc, argv, &options, &err)) {
        REQUIRE(options.n_args < argc);
        fuzz_texts.read++;
        cli_clear(&options);
    } else {
        REQUIRE(err.kind == ERR_USAGE && err.text[0]);
    }
    mem_free(text);
    return 0;
}

static const char *const texts[] = {
    "batch\na.jpg\n-o\nout\n-p\nexposure=0.5\n--quality\nkeep\n-j4\n--memory=2G",
    "a.jpg\n-s\nmono\n--window=800x600",
    "batch\nin\n-rqo\nout\n--resize\n50%\n--depth\n16\n--include=*.jpg\n--\n-x",
    "bench\nkernels\n--json\nb.json",
    "run\njob.py\n--own\n-x",
    NULL,
};
static const char *const parts[] = {
    "\n",   "-",       "--",        "=",           "\n--\n", "-p\n",
    "a=1",  "--help",  "--resize=", "long-edge 9", "1x1",    "99999999999999999999",
    "-1",   "0.5",     "1e9",       "--depth",     "keep",   "nan",
    "\xFF", "batch\n", "view\n",    "convert\n",   "run\n",  "-j",
    "%",    NULL};

FuzzTexts fuzz_texts = {"lines", texts, parts, 0};
