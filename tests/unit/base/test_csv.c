/* Comma-separated values: quotes, line ends, separators, and what is broken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/csv.h"
#include "cm.h"

/* The records as "[a|b]2[c]3": each with its line behind it. */
static char *read_all(const char *text, size_t size, Err *err)
{
    char *copy = mem_new(size + 1, 1), *told = NULL;
    size_t length;
    FILE *out = open_memstream(&told, &length);
    CsvReader reader;
    CsvToken token;
    assert_non_null(out);
    memcpy(copy, text, size);
    csv_read(&reader, copy, size);
    while ((token = csv_next(&reader, err)) == CSV_RECORD) {
        for (int i = 0; i < reader.count; i++)
            fprintf(out, "%c%s", i ? '|' : '[', reader.fields[i]);
        fprintf(out, "]%d", reader.line);
    }
    if (token == CSV_BROKEN)
        fprintf(out, "!%d %s", reader.line, err->text);
    fclose(out);
    csv_clear(&reader);
    mem_free(copy);
    return told;
}

static void assert_read(const char *text, const char *wanted)
{
    Err err = {0};
    char *told = read_all(text, strlen(text), &err);
    assert_string_equal(told, wanted);
    free(told);
}

static void fields_are_split(void **state)
{
    (void)state;
    assert_read("", "");
    assert_read("\n\r\n \n", "");
    assert_read("a", "[a]1");
    assert_read("a,b\nc,d\n", "[a|b]1[c|d]2");
    assert_read("a,b\r\nc,d\r\n", "[a|b]1[c|d]2");
    assert_read("a,b\rc,d", "[a|b]1[c|d]2");
    assert_read("a,,\n,\n", "[a||]1[|]2");
    assert_read("a , b c\t,d\n\n  e,f,g", "[a|b c|d]1[e|f|g]3");
    assert_read("\xEF\xBB\xBF"
                "a,b",
                "[a|b]1");
}

static void quotes_hold_anything(void **state)
{
    (void)state;
    assert_read("\"a,b\",\"c\"\"d\"\n", "[a,b|c\"d]1");
    assert_read("\"\",\"\"\"\"\n", "[|\"]1");
    assert_read(" \"a \" ,b", "[a |b]1");
    assert_read("\"a\nb\",c\nd,e", "[a\nb|c]1[d|e]3");
    assert_read("\"a\r\nb\rc\"\nd", "[a\r\nb\rc]1[d]4");
    assert_read("a\"b,c\"\n", "[a\"b|c\"]1");
    assert_read("\"a\"", "[a]1");
    assert_read("\xEF\xBB\xBF\"a\"\r\nb", "[a]1[b]2");
}

static void the_first_line_tells_the_separator(void **state)
{
    (void)state;
    assert_read("a;b\n0,5;c\n", "[a|b]1[0,5|c]2");
    assert_read("a\tb c\n\t\n", "[a|b c]1[|]2");
    assert_read("\"a,b\";c\n", "[a,b|c]1");
    assert_read("a\nb;c,d\n", "[a]1[b;c|d]2");
    assert_read("sep=;\r\na,b;c\r\n", "[a,b|c]2");
    assert_read("\xEF\xBB\xBFSEP=,\n\na;b,c", "[a;b|c]3");
    assert_read("sep=\t\na,b\tc", "[a,b|c]2");
    assert_read("sep=;", "");
    assert_read("sep=", "[sep=]1");
    assert_read("sep=x\na,b", "[sep=x]1[a|b]2");
    assert_read("sep=;a\nb;c", "[sep=|a]1[b|c]2");
}

static void what_is_broken_is_told(void **state)
{
    (void)state;
    assert_read("a\nb,\"c\nd\n", "[a]1!2 a quote is not closed");
    assert_read("\"", "!1 a quote is not closed");
    assert_read("a\n\n\"b\"c,d\n", "[a]1!3 text after a closing quote");
    Err err = {0};
    char *told = read_all("a\nb\0c\n", 6, &err);
    assert_string_equal(told, "[a]1!2 a NUL byte; save the table as UTF-8");
    free(told);
    told = read_all("\"a\0\"", 4, &err);
    assert_string_equal(told, "!1 a NUL byte; save the table as UTF-8");
    free(told);
}

static void a_huge_field_is_one(void **state)
{
    (void)state;
    enum { HUGE = 1 << 20 };
    char *text = mem_new(HUGE + 3, 1);
    memset(text, 'x', HUGE);
    memcpy(text + HUGE, ",y", 2);
    CsvReader reader;
    csv_read(&reader, text, HUGE + 2);
    assert_int_equal(csv_next(&reader, NULL), CSV_RECORD);
    assert_int_equal(reader.count, 2);
    assert_int_equal(strlen(reader.fields[0]), HUGE);
    assert_int_equal(csv_next(&reader, NULL), CSV_END);
    assert_int_equal(csv_next(&reader, NULL), CSV_END);
    csv_clear(&reader);
    mem_free(text);
}

static void many_fields_are_read(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    char *text = mem_new(MANY + 1, 1);
    memset(text, ',', MANY);
    CsvReader reader;
    csv_read(&reader, text, MANY);
    assert_int_equal(csv_next(&reader, NULL), CSV_RECORD);
    assert_int_equal(reader.count, MANY + 1);
    csv_clear(&reader);
    mem_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_split),
        cmocka_unit_test(quotes_hold_anything),
        cmocka_unit_test(the_first_line_tells_the_separator),
        cmocka_unit_test(what_is_broken_is_told),
        cmocka_unit_test(a_huge_field_is_one),
        cmocka_unit_test(many_fields_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
