/* fuzz_journal ROUNDS SEED: lines of a batch's journal, each time changed in other
 * places. They are none, or are read; what is read comes back when it is written and
 * read again.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "batch/journal/journal_line.h"
#include "fuzz_texts.h"

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void read_again(const JournalLine *line)
{
    char *text = journal_line_text(line);
    size_t length = strlen(text);
    JournalLine again;
    REQUIRE(length > 0 && text[length - 1] == '\n' && !memchr(text, '\n', length - 1));
    text[length - 1] = '\0';
    REQUIRE(journal_line_read(&again, text));
    REQUIRE(same_text(line->input, again.input) && same_text(line->hash, again.hash));
    REQUIRE(same_text(line->output, again.output) && same_text(line->look, again.look));
    REQUIRE(same_text(line->reason, again.reason));
    REQUIRE(journal_stamp_same(&line->read, &again.read));
    REQUIRE(line->reason || journal_stamp_same(&line->written, &again.written));
    mem_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_texts_copy(data, size);
    JournalLine line;
    if (journal_line_read(&line, text)) {
        read_again(&line);
        fuzz_texts.read++;
    }
    mem_free(text);
    return 0;
}

static const char *const texts[] = {
    "{\"state\": \"done\", \"input\": \"/in/a.jpg\", \"size\": 10, \"mtime_ns\": "
    "1700000000000000000, \"inode\": 7, \"output\": \"a.jpg\", \"output_size\": 12, "
    "\"output_mtime_ns\": 3, \"look\": \"0123456789abcdef\"}",
    "{\"state\":\"failed\",\"input\":\"/in/\\udcff.png\",\"size\":0,\"mtime_ns\":-1,"
    "\"inode\":9,\"hash\":\"00\",\"output\":\"/o/b.png\",\"reason\":\"b.png: cut\","
    "\"look\":\"f\"}",
    NULL,
};
static const char *const parts[] = {"\"",
                                    "\\",
                                    "{",
                                    "}",
                                    "[[",
                                    "]",
                                    ":",
                                    ",",
                                    "\\u0000",
                                    "\\ud83d\\ude00",
                                    "\\udc80",
                                    "\xC3\xA9",
                                    "\xFF",
                                    "1e400",
                                    "-9223372036854775808",
                                    "9223372036854775808",
                                    "null",
                                    "\"hash\":",
                                    "\"reason\":\"no\",",
                                    "\"other\":[1,{\"a\":true}],",
                                    " ",
                                    "\n",
                                    NULL};

FuzzTexts fuzz_texts = {"lines", texts, parts, 0};
