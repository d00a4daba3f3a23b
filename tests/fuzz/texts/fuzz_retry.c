/* fuzz_retry: reports and journals of a batch, for --retry-failed. They are read, or
 * refused in one line.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <string.h>

#include "batch/journal/journal.h"
#include "batch/journal/retry.h"
#include "fuzz_texts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzPath file = fuzz_texts_open(data, size, ".json");
    Retry retry;
    Err err = {0};
    bool read = retry_read(&retry, file.path, &err);
    for (int i = 0; i < retry.count; i++) {
        REQUIRE(i == 0 || strcmp(retry.inputs[i - 1], retry.inputs[i]) < 0);
        REQUIRE(retry_wants(&retry, retry.inputs[i]));
    }
    REQUIRE(read ||
            (err.kind == ERR_USAGE && retry.count == 0 && !strchr(err.text, '\n')));
    fuzz_texts.read += read;
    retry_clear(&retry);
    fuzz_texts_close(&file);
    return 0;
}

#define FAILED                                                                         \
    "{\"state\":\"failed\",\"input\":\"/in/a.png\",\"size\":0,\"mtime_ns\":-1,"        \
    "\"inode\":9,\"output\":\"/o/b.png\",\"reason\":\"cut\",\"look\":\"f\"}\n"
static const char failed[] = FAILED;
static const char torn[] = JOURNAL_HEAD "\n" FAILED "torn" FAILED;
static const char *const texts[] = {
    "{\"folder\": \"/in\", \"files\": [{\"input\": \"a.jpg\", \"state\": \"failed\", "
    "\"ms\": 3}, {\"input\": \"b.jpg\", \"state\": \"done\"}]}",
    JOURNAL_HEAD "\n" FAILED,
    torn,
    NULL,
};
static const char *const parts[] = {
    FUZZ_JSON_PARTS, "\\u0000",    "\\udc80",    "\xFF",       "null", "\"files\":",
    "\"folder\":",   "\"failed\"", "\"state\":", "\"input\":", "\n",   failed,
    JOURNAL_HEAD,    NULL};

FuzzTexts fuzz_texts = {"records", texts, parts, 0};
