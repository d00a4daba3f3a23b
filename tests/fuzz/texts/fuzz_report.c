/* fuzz_report: reports of parts, for `lutist report merge`: the first line is one, and
 * the rest another. They are merged, or refused in one line; a merged report is read
 * again, with as many files.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "batch/journal/retry.h"
#include "cmd/cmd.h"
#include "cmd/report/report_part.h"
#include "fuzz_texts.h"

/* Files of a report that can be read. */
static int count(const char *path)
{
    ReportPart part;
    REQUIRE(report_part_read(&part, path, NULL));
    int files = part.count;
    for (int i = 0; i < files; i++)
        REQUIRE(part.items[i].input && part.items[i].output && part.items[i].reason &&
                part.items[i].note && part.items[i].index >= 0);
    report_part_clear(&part);
    return files;
}

static void check_merged(const char *path, int files)
{
    ReportPart whole;
    Retry retry;
    Err err = {0};
    REQUIRE(!report_part_read(&whole, path, &err) && strstr(err.text, "whole batch"));
    REQUIRE(whole.count == files);
    REQUIRE(retry_read(&retry, path, &err));
    retry_clear(&retry);
    report_part_clear(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t first = end ? (size_t)(end - data) : size, rest = end ? first + 1 : size;
    FuzzPath one = fuzz_texts_open(data, first, ".1.json");
    FuzzPath two = fuzz_texts_open(data + rest, size - rest, ".2.json");
    char *output = mem_printf("%s.merged", one.path);
    const char *args[] = {"merge", one.path, two.path};
    Options options = {.args = args, .n_args = end ? 3 : 2, .output = output};
    Err err = {0};
    int code = 0;
    bool merged = cmd_report(&options, &code, &err);
    if (merged)
        check_merged(output, count(one.path) + (end ? count(two.path) : 0));
    REQUIRE(merged || (err.kind == ERR_USAGE && !strchr(err.text, '\n')));
    fuzz_texts.read += merged;
    unlink(output);
    mem_free(output);
    fuzz_texts_close(&two);
    fuzz_texts_close(&one);
    return 0;
}

#define HEAD(part)                                                                     \
    "{\"lutist\":\"1\",\"folder\":\"/in\",\"params\":{\"a\":1},\"part\":\"" part "\","
static const char *const texts[] = {
    HEAD("1/2") "\"error\":null,\"done\":1,\"ms\":3.5,\"files\":[{\"input\":\"a.jpg\","
                "\"output\":\"o/"
                "a.jpg\",\"state\":\"done\",\"reason\":null,\"note\":null,"
                "\"damaged\":false,\"ms\":3,\"pixels\":12,\"index\":1}]}",
    HEAD("1/2") "\"files\":[{\"input\":\"b\",\"state\":\"failed\",\"index\":2}]}"
                "\n" HEAD(
                    "2/2") "\"error\":\"x\",\"files\":[{\"input\":\"a\",\"state\":"
                           "\"left\",\"index\":0},"
                           "{\"input\":\"c\",\"state\":\"skipped\",\"index\":0}]}",
    NULL,
};
static const char *const parts[] = {FUZZ_JSON_PARTS,
                                    "\n",
                                    "1/2",
                                    "2/2",
                                    "65536/65536",
                                    "\\u0001",
                                    "\\udcff",
                                    "\xFF",
                                    "\xC3\xA9",
                                    "1e400",
                                    "-1",
                                    "1073741825",
                                    "null",
                                    "\"done\"",
                                    "\"params\":{},",
                                    "\"params\":{\"b\":[[1]]},",
                                    "\"index\":7,",
                                    "\"ms\":1e308,",
                                    "\"error\":\"no\",",
                                    "\"files\":[],",
                                    "\"folder\":\"/o\",",
                                    "{\"input\":\"d\",\"state\":\"done\",\"index\":3},",
                                    NULL};

FuzzTexts fuzz_texts = {"reports", texts, parts, 0};
