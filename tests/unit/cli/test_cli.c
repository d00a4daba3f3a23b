/* The command line: accepted forms, and refusals with their messages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/suggest.h"
#include "cli.h"
#include "cm.h"
#include "help.h"
#include "option_table.h"

enum { MOST = 32 };

/* Words split at single spaces, "lutist" in front. */
static bool parse(const char *line, Options *options, Err *err)
{
    static char text[512];
    static char *argv[MOST];
    int argc = 1;
    argv[0] = "lutist";
    assert_true((size_t)snprintf(text, sizeof text, "%s", line) < sizeof text);
    for (char *rest, *word = strtok_r(text, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest))
        argv[argc++] = word;
    argv[argc] = NULL;
    return cli_parse(argc, argv, options, err);
}

static Options good(const char *line)
{
    Options options;
    Err err = {0};
    if (!parse(line, &options, &err))
        fail_msg("%s: %s", line, err.text);
    return options;
}

static void assert_refused(const char *line, const char *why)
{
    Options options;
    Err err = {0};
    assert_false(parse(line, &options, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    if (!strstr(err.text, why))
        fail_msg("%s: '%s' does not say '%s'", line, err.text, why);
    assert_null(strchr(err.text, '\n'));
}

static void a_bare_image_is_viewed(void **state)
{
    (void)state;
    Options options = good("photo.jpg other.jpg");
    assert_int_equal(options.command, COMMAND_VIEW);
    assert_int_equal(options.n_args, 2);
    assert_string_equal(options.args[1], "other.jpg");
    assert_string_equal(options.script, "exposure");
    assert_int_equal(options.mode, MODE_PARALLEL);
    cli_clear(&options);
}

static void standard_input_and_output_are_no_files(void **state)
{
    (void)state;
    assert_refused("batch - -o out", "standard input is not read");
    assert_refused("batch -o out -- -", "./-");
    assert_refused("batch a.jpg -o -", "standard output");
    assert_refused("batch a.jpg -o- -q", "--output -:");
    assert_refused("batch a.jpg -o out --report -", "--report -:");
    assert_refused("batch a.jpg --output=- -q", "./-");
    assert_refused("view -", "standard input is not read");
    assert_refused("info a.jpg -", "standard input is not read");
    assert_refused("bench kernels --json -", "--json -:");
    assert_refused("bench modes a.jpg --plot -", "--plot -:");
    Options options = good("batch ./- -o ./-");
    assert_string_equal(options.output, "./-");
    cli_clear(&options);
    options = good("run job.py -");
    assert_string_equal(options.args[1], "-");
    cli_clear(&options);
}

static void python_gets_what_is_not_ours(void **state)
{
    (void)state;
    Options options = good("python --venv env --threads=2 -t -c code --venv other");
    assert_int_equal(options.command, COMMAND_PYTHON);
    assert_string_equal(options.venv, "env");
    assert_int_equal(options.threads, 2);
    assert_int_equal(options.n_args, 5);
    assert_string_equal(options.args[0], "-t");
    assert_string_equal(options.args[3], "--venv");
    assert_null(options.program);
    cli_clear(&options);
    options = good("python --version");
    assert_false(options.version);
    assert_int_equal(options.n_args, 1);
    cli_clear(&options);
    options = good("python --help");
    assert_true(options.help);
    cli_clear(&options);
}

static void all_of_lutist_python_is_python_s(void **state)
{
    (void)state;
    static char *argv[] = {"/usr/bin/lutist-python", "--help", "", NULL};
    Options options;
    Err err = {0};
    assert_true(cli_parse(3, argv, &options, &err));
    assert_int_equal(options.command, COMMAND_PYTHON);
    assert_false(options.help);
    assert_int_equal(options.n_args, 2);
    assert_string_equal(options.args[1], "");
    assert_string_equal(options.program, argv[0]);
    cli_clear(&options);
}

static void batch_takes_all_its_options(void **state)
{
    (void)state;
    Options options =
        good("batch a.png -s film.py:look -p a=1 --param=b=x=y -t 3 -o out "
             "--format png --quality=80 -j8 -r --overwrite --fail-fast "
             "--dry-run --report r.json --max-pixels 99999999999 --memory 2G "
             "--sync none b.png");
    assert_int_equal(options.command, COMMAND_BATCH);
    assert_int_equal(options.n_args, 2);
    assert_string_equal(options.script, "film.py:look");
    assert_int_equal(options.n_params, 2);
    assert_string_equal(options.params[1], "b=x=y");
    assert_int_equal(options.threads, 3);
    assert_string_equal(options.output, "out");
    assert_string_equal(options.format, "png");
    assert_int_equal(options.quality, 80);
    assert_int_equal(options.jobs, 8);
    assert_true(options.memory == 2ull << 30);
    assert_string_equal(options.sync, "none");
    assert_true(options.recursive && options.overwrite && options.fail_fast);
    assert_true(options.dry_run);
    assert_string_equal(options.report, "r.json");
    assert_true(options.max_pixels == 99999999999u);
    cli_clear(&options);
}

static void letters_may_be_joined(void **state)
{
    (void)state;
    Options options = good("batch -qro out a.png");
    assert_true(options.quiet && options.recursive);
    assert_string_equal(options.output, "out");
    cli_clear(&options);
}

static void a_command_may_follow_common_options(void **state)
{
    (void)state;
    Options options = good("-q -t 2 batch a.png -o out");
    assert_int_equal(options.command, COMMAND_BATCH);
    assert_int_equal(options.n_args, 1);
    cli_clear(&options);
}

static void a_jobs_arguments_are_its_own(void **state)
{
    (void)state;
    Options options = good("run -q job.py --help -v -- x");
    assert_true(options.quiet);
    assert_false(options.help || options.verbose);
    assert_int_equal(options.n_args, 5);
    assert_string_equal(options.args[1], "--help");
    assert_string_equal(options.args[3], "--");
    cli_clear(&options);
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    Options options = good("batch -o out -- -r batch");
    assert_int_equal(options.n_args, 2);
    assert_string_equal(options.args[0], "-r");
    assert_false(options.recursive);
    cli_clear(&options);
}

static void a_value_may_start_with_a_dash(void **state)
{
    (void)state;
    Options options = good("-p exposure=-1 -p -x=3 a.png");
    assert_string_equal(options.params[1], "-x=3");
    cli_clear(&options);
}

static void single_is_one_thread(void **state)
{
    (void)state;
    Options options = good("batch a.png -o out --mode single");
    assert_int_equal(options.threads, 1);
    assert_int_equal(options.jobs, 1);
    cli_clear(&options);
    assert_refused("batch a.png -o out --mode single -j 2", "-j");
    assert_refused("a.png --mode=single -t 2", "-t");
}

static void isolation_is_asked_for_or_refused(void **state)
{
    (void)state;
    Options options = good("--isolate a.png");
    assert_true(options.isolate && !options.no_isolate);
    cli_clear(&options);
    options = good("--no-isolate a.png");
    assert_true(options.no_isolate && !options.isolate);
    cli_clear(&options);
    assert_refused("--isolate --no-isolate a.png", "leave out one");
    assert_refused("a.png --no-isolate --isolate", "leave out one");
}

static void a_mode_is_one_of_six(void **state)
{
    (void)state;
    static const char *const names[] = {"python", "numpy",  "ctypes",
                                        "single", "opencl", "parallel"};
    Mode mode = MODE_PARALLEL;
    for (int i = 0; i < MODES; i++) {
        char line[64];
        mode = mode_next(mode);
        assert_string_equal(mode_name(mode), names[i]);
        assert_int_equal(mode_is_python(mode), i < 3);
        snprintf(line, sizeof line, "a.png --mode %s", names[i]);
        Options options = good(line);
        assert_int_equal(options.mode, mode);
        assert_int_equal(options.threads, 0);
        cli_clear(&options);
    }
    assert_refused(
        "a.png --mode fast",
        "--mode 'fast' is unknown; use python, numpy, ctypes, single, opencl or "
        "parallel");
}

static void help_needs_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        Command command;
    } cases[] = {
        {"--help", COMMAND_NONE},        {"-h", COMMAND_NONE},
        {"batch --help", COMMAND_BATCH}, {"run -h", COMMAND_RUN},
        {"help", COMMAND_NONE},          {"help bench", COMMAND_BENCH},
        {"--help info", COMMAND_INFO},   {"doctor a --help", COMMAND_DOCTOR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Options options = good(cases[i].line);
        assert_true(options.help);
        assert_int_equal(options.command, cases[i].command);
        cli_clear(&options);
    }
    Options options = good("--version");
    assert_true(options.version);
    cli_clear(&options);
}

static void slips_are_refused_with_a_hint(void **state)
{
    (void)state;
    assert_refused("btach a.png -o out", "did you mean 'batch'");
    assert_refused("docter", "did you mean 'doctor'");
    assert_refused("batch a.png --ovewrite", "did you mean --overwrite");
    assert_refused("batch a.png --frobnicate", "lutist batch --help");
    assert_refused("batch a.png -z", "'-z'");
    assert_refused("a.png --recursive", "an option of 'lutist batch'");
    assert_refused("a.png -r", "an option of 'lutist batch'");
    assert_refused("batch a.png", "-o");
    assert_refused("batch -o out", "image");
    assert_refused("run -q", "JOB.py");
    assert_refused("bench", "kernels");
    assert_refused("doctor x", "'x'");
    assert_refused("batch a.png -o", "missing");
    assert_refused("batch a.png --output=", "empty");
    assert_refused("batch a.png --overwrite=yes", "no value");
    assert_refused("batch a.png --resum -o out", "did you mean --resume");
}

static void numbers_are_checked(void **state)
{
    (void)state;
    assert_refused("batch a.png -o out --quality 0", "1 to 100");
    assert_refused("batch a.png -o out --quality 101", "1 to 100");
    assert_refused("batch a.png -o out -j four", "four");
    assert_refused("batch a.png -o out -j -1", "-1");
    assert_refused("batch a.png -o out -t 1.5", "1.5");
    assert_refused("batch a.png -o out --max-pixels 99999999999999999999", "9999");
    assert_refused("a.png -p exposure", "NAME=VALUE");
    assert_refused("a.png -p =1", "NAME=VALUE");
}

/* What help_print prints; free. */
static char *help_of(Command command)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    help_print(out, command);
    fclose(out);
    char *copy = strdup(text); /* GCC believes that what it returns may be &text */
    free(text);
    return copy;
}

/* Does a line of the help begin with this option's names? */
static bool lists(const char *help, const OptionRow *row)
{
    char line[128];
    const char letter[] = {'-', row->letter, ',', '\0'};
    snprintf(line, sizeof line, "\n  %-3s --%s%s%s", row->letter ? letter : "",
             row->name, row->argument ? " " : "", row->argument ? row->argument : "");
    const char *found = strstr(help, line);
    return found && strchr(" \n", found[strlen(line)]);
}

/* The parser's option for a line of the help, "  -x, --name …"; NULL: none. */
static const OptionRow *listed(Command command, const char *line)
{
    const char *name = strstr(line, "--") + 2;
    const OptionRow *row = option_table_long(command, name, strcspn(name, " \n"));
    if (row && line[2] == '-' && option_table_short(command, line[3]) != row)
        return NULL;
    return row;
}

static void help_lists_every_option(void **state)
{
    (void)state;
    char *overview = help_of(COMMAND_NONE);
    for (int i = COMMAND_VIEW; i < COMMANDS; i++) {
        char *text = help_of((Command)i);
        const OptionRow *row;
        for (int k = 0; (row = option_table_row((Command)i, k)); k++) {
            assert_true(row->help && *row->help);
            assert_int_equal(row->argument == NULL, row->kind == KIND_FLAG);
            if (!lists(text, row))
                fail_msg("help of %s lacks --%s", command_name((Command)i), row->name);
        }
        assert_non_null(strstr(text, "\nExamples:\n"));
        assert_non_null(strstr(overview, command_name((Command)i)));
        free(text);
    }
    free(overview);
}

static void the_parser_knows_every_option_of_the_help(void **state)
{
    (void)state;
    for (int i = COMMAND_VIEW; i < COMMANDS; i++) {
        char *text = help_of((Command)i);
        int count = 0, rows = 0;
        for (const char *line = text; (line = strchr(line, '\n')); count++) {
            line++;
            if (strncmp(line, "  -", 3) != 0 && strncmp(line, "      --", 8) != 0) {
                count--;
                continue;
            }
            if (!listed((Command)i, line))
                fail_msg("%s: the parser lacks '%.30s'", command_name((Command)i),
                         line);
        }
        while (option_table_row((Command)i, rows))
            rows++;
        assert_int_equal(count, rows);
        free(text);
    }
}

static void help_fits_a_terminal(void **state)
{
    (void)state;
    for (int i = 0; i < COMMANDS; i++) {
        char *text = help_of((Command)i);
        for (const char *line = text; *line;) {
            size_t length = strcspn(line, "\n");
            if (length > 80 || (length && line[length - 1] == ' '))
                fail_msg("too wide, or a space at its end: %.*s", (int)length, line);
            line += length + 1;
        }
        free(text);
    }
}

static void suggestions_are_near(void **state)
{
    (void)state;
    static const char *const names[] = {NULL, "exposure", "gamma", "mix", "tint"};
    assert_string_equal(suggest_name("exposrue", names, 5), "exposure");
    assert_string_equal(suggest_name("gama", names, 5), "gamma");
    assert_string_equal(suggest_name("mxi", names, 5), "mix");
    assert_null(suggest_name("sharpness", names, 5));
    assert_null(suggest_name("", names, 5));
    assert_null(
        suggest_name("a-very-long-word-that-is-no-name-of-anything-here", names, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_image_is_viewed),
        cmocka_unit_test(standard_input_and_output_are_no_files),
        cmocka_unit_test(python_gets_what_is_not_ours),
        cmocka_unit_test(all_of_lutist_python_is_python_s),
        cmocka_unit_test(batch_takes_all_its_options),
        cmocka_unit_test(letters_may_be_joined),
        cmocka_unit_test(a_command_may_follow_common_options),
        cmocka_unit_test(a_jobs_arguments_are_its_own),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(a_value_may_start_with_a_dash),
        cmocka_unit_test(single_is_one_thread),
        cmocka_unit_test(isolation_is_asked_for_or_refused),
        cmocka_unit_test(a_mode_is_one_of_six),
        cmocka_unit_test(help_needs_nothing_else),
        cmocka_unit_test(slips_are_refused_with_a_hint),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(help_lists_every_option),
        cmocka_unit_test(the_parser_knows_every_option_of_the_help),
        cmocka_unit_test(help_fits_a_terminal),
        cmocka_unit_test(suggestions_are_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
