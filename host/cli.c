#include "cli.h"

#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text/suggest.h"
#include "option_table.h"
#include "option_value.h"

typedef struct Parser {
    int argc, at; /* `at` is the next argument */
    char **argv;
    Options *options;
    bool named; /* a command was given; without one it is `view` */
    Err *err;
} Parser;

/* A command that has the option; COMMAND_NONE: none has. */
static Command owner(const char *text, size_t length)
{
    for (int i = COMMAND_VIEW; i < COMMANDS; i++)
        if (length == 2 ? option_table_short((Command)i, text[1]) != NULL
                        : option_table_long((Command)i, text + 2, length - 2) != NULL)
            return (Command)i;
    return COMMAND_NONE;
}

/* The option of the command that a misspelt one resembles, or NULL. */
static const char *meant(Command command, const char *text, size_t length)
{
    enum { MOST = 64 };
    const char *names[MOST];
    int count = 0;
    const OptionRow *row;
    while (count < MOST && (row = option_table_row(command, count)))
        names[count++] = row->name;
    char *name = mem_printf("%.*s", (int)length - 2, text + 2);
    const char *found = suggest_name(name, names, count);
    mem_free(name);
    return found;
}

/* Do `export` and `info` have an argument for what other commands have as -s? */
static bool is_script_argument(Command command, const char *text, size_t length)
{
    return (command == COMMAND_EXPORT || command == COMMAND_INFO) &&
           ((length == 2 && text[1] == 's') ||
            (length == 8 && strncmp(text, "--script", length) == 0));
}

/* `text` of `length` bytes is "-x" or "--name". */
static bool unknown_option(const Parser *parser, const char *text, size_t length)
{
    Command command = parser->options->command;
    const char *name = command_name(command);
    Command other = owner(text, length);
    const char *near = length > 2 ? meant(command, text, length) : NULL;
    if (is_script_argument(command, text, length))
        return err_set(
            parser->err, ERR_USAGE,
            "%.*s: 'lutist %s' takes the script without it: lutist %s SCRIPT",
            (int)length, text, name, name);
    if (other)
        return err_set(parser->err, ERR_USAGE,
                       "%.*s is an option of 'lutist %s', not of 'lutist %s'",
                       (int)length, text, command_name(other), name);
    if (near)
        return err_set(parser->err, ERR_USAGE,
                       "unknown option '%.*s'; did you mean --%s?", (int)length, text,
                       near);
    return err_set(parser->err, ERR_USAGE,
                   "unknown option '%.*s'; see 'lutist %s --help'", (int)length, text,
                   name);
}

/* The option's word, if that is the next argument. */
static const char *word_of(Parser *parser, const OptionRow *row)
{
    bool given =
        parser->at < parser->argc && strcmp(parser->argv[parser->at], row->word) == 0;
    return given ? parser->argv[parser->at++] : "";
}

/* The value of an option: attached to it, or the next argument. */
static bool take_value(Parser *parser, const OptionRow *row, const char *attached)
{
    if (!attached && row->kind == KIND_WORD)
        attached = word_of(parser, row);
    if (!attached && parser->at == parser->argc)
        return err_set(parser->err, ERR_USAGE, "--%s: its value is missing", row->name);
    const char *value = attached ? attached : parser->argv[parser->at++];
    return option_value_apply(row, parser->options, value, parser->err);
}

/* "--jobs=8", "--jobs 8", "--overwrite". */
static bool parse_long(Parser *parser, const char *text)
{
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : strlen(text);
    Command command = parser->options->command;
    const OptionRow *row = option_table_long(command, text + 2, length - 2);
    if (!row)
        return unknown_option(parser, text, length);
    if (row->argument)
        return take_value(parser, row, equals ? equals + 1 : NULL);
    if (equals)
        return err_set(parser->err, ERR_USAGE, "%.*s takes no value", (int)length,
                       text);
    return option_value_apply(row, parser->options, NULL, parser->err);
}

/* "-qv", "-j8", "-j 8". */
static bool parse_letters(Parser *parser, const char *text)
{
    for (const char *letter = text + 1; *letter; letter++) {
        const OptionRow *row = option_table_short(parser->options->command, *letter);
        if (!row)
            return unknown_option(parser, (char[]){'-', *letter, '\0'}, 2);
        if (row->argument)
            return take_value(parser, row, letter[1] ? letter + 1 : NULL);
        option_value_apply(row, parser->options, NULL, parser->err);
    }
    return true;
}

static void take_rest(Parser *parser)
{
    while (parser->at < parser->argc)
        parser->options->args[parser->options->n_args++] = parser->argv[parser->at++];
}

/* A bare word that resembles a command is hardly an image. */
static bool check_word(const Parser *parser, const char *word)
{
    Command like = strpbrk(word, "./") ? COMMAND_NONE : command_like(word);
    if (!like)
        return true;
    return err_set(parser->err, ERR_USAGE,
                   "unknown command '%s'; did you mean '%s'? "
                   "(for an image of that name: lutist view %s)",
                   word, command_name(like), word);
}

/* Python's command line begins at the first argument that is not a long option of ours:
 * its letters, like -c and -v, are Python's. */
static bool parse_python(Parser *parser, const char *text)
{
    const char *name = text + 2;
    if (strncmp(text, "--", 2) == 0 &&
        option_table_long(COMMAND_PYTHON, name, strcspn(name, "=")))
        return parse_long(parser, text);
    parser->at--;
    take_rest(parser);
    return true;
}

/* The first word may be a command; the others are arguments. */
static bool parse_word(Parser *parser, const char *word)
{
    Options *options = parser->options;
    if (!parser->named && options->n_args == 0) {
        Command command = command_find(word);
        options->help = strcmp(word, "help") == 0;
        if (command || options->help) {
            options->command = command ? command : COMMAND_VIEW;
            parser->named = command;
            return true;
        }
        if (!check_word(parser, word))
            return false;
    }
    options->args[options->n_args++] = word;
    if (options->command == COMMAND_RUN)
        take_rest(parser);
    return true;
}

static bool parse_one(Parser *parser, const char *text)
{
    if (parser->named && parser->options->command == COMMAND_PYTHON)
        return parse_python(parser, text);
    if (strcmp(text, "--") == 0) {
        take_rest(parser);
        return true;
    }
    if (strncmp(text, "--", 2) == 0)
        return parse_long(parser, text);
    if (text[0] == '-' && text[1])
        return parse_letters(parser, text);
    return parse_word(parser, text);
}

static bool parse(Parser *parser)
{
    Options *options = parser->options;
    while (parser->at < parser->argc && !options->help && !options->version)
        if (!parse_one(parser, parser->argv[parser->at++]))
            return false;
    if (options->help && !parser->named) {
        bool more = parser->at < parser->argc;
        options->command = more ? command_find(parser->argv[parser->at]) : COMMAND_NONE;
    }
    return true;
}

/* `single` in a batch means one file at a time too. */
static bool check_mode(Options *options, Err *err)
{
    if (options->mode != MODE_SINGLE)
        return true;
    if (options->threads > 1 || options->jobs > 1)
        return err_set(err, ERR_USAGE, "--mode single is one thread: leave out %s",
                       options->threads > 1 ? "-t" : "-j");
    if (options->command == COMMAND_BATCH)
        options->threads = options->jobs = 1;
    return true;
}

static bool check_isolation(const Options *options, Err *err)
{
    return !(options->isolate && options->no_isolate) ||
           err_set(err, ERR_USAGE,
                   "--isolate and --no-isolate contradict each other: leave out one");
}

static bool check_arg(const char *arg, const char *command, Err *err)
{
    if (!*arg) /* "$FILE" becomes "" if the shell does not know FILE */
        return err_set(err, ERR_USAGE,
                       "%s: an argument is empty; is a variable not set?", command);
    if (strcmp(arg, "-") == 0)
        return err_set(err, ERR_USAGE,
                       "%s: -: standard input is not read; name a file (one that is "
                       "called - is ./-)",
                       command);
    return true;
}

static bool check_args(const Options *options, Err *err)
{
    bool fine = true;
    bool free = options->command == COMMAND_RUN || options->command == COMMAND_PYTHON;
    for (int i = 0; i < options->n_args && fine && !free; i++)
        fine = check_arg(options->args[i], command_name(options->command), err);
    return fine;
}

static bool check(Options *options, Err *err)
{
    static const char *const wanted[COMMANDS] = {
        [COMMAND_VIEW] = "images",
        [COMMAND_BATCH] = "an image or a folder",
        [COMMAND_RUN] = "a job: JOB.py",
        [COMMAND_EXPORT] = "a script",
        [COMMAND_NEW] = "a name for the script",
        [COMMAND_BENCH] = "what to measure (kernels, tables, modes, batch, viewer)",
        [COMMAND_INFO] = "an image, a script, a table or a profile",
        [COMMAND_REPORT] = "what to do (merge)",
    };
    const char *name = command_name(options->command);
    bool named = options->files_from || options->retry_failed || /* elsewhere */
                 options->command == COMMAND_VIEW;               /* in the window */
    const char *missing = options->follow ? NULL : wanted[options->command];
    if (options->follow && options->n_args)
        return err_set(err, ERR_USAGE,
                       "view: '%s' beside --follow, which opens one folder alone",
                       options->args[0]);
    if (missing && options->n_args == 0 && !named)
        return err_set(err, ERR_USAGE, "%s: %s is missing; see 'lutist %s --help'",
                       name, missing, name);
    if (!missing && options->n_args && options->command != COMMAND_PYTHON)
        return err_set(err, ERR_USAGE, "%s: '%s' is one argument too many", name,
                       options->args[0]);
    if (options->command == COMMAND_BATCH && !options->output)
        return err_set(err, ERR_USAGE,
                       "batch: -o OUT is missing: a folder, or a template such as "
                       "'out/{stem}{ext}'");
    if (options->command == COMMAND_EXPORT && !options->output)
        return err_set(err, ERR_USAGE,
                       "export: -o OUT is missing: a .cube file, or a .png or .tif for "
                       "a HaldCLUT picture");
    return check_args(options, err) && check_mode(options, err) &&
           check_isolation(options, err);
}

/* Called by another name the program is another one; so it is to a shell. */
static bool parse_as_other(Parser *parser)
{
    Options *options = parser->options;
    const char *program = parser->argv[0];
    if (cli_is_python(program)) {
        options->command = COMMAND_PYTHON;
        options->program = program;
    } else if (strcmp(path_name(program), "lutist-isolate") == 0) {
        options->command = COMMAND_ISOLATE;
    } else if (parser->argc > 1 && strcmp(parser->argv[1], "complete") == 0) {
        options->command = COMMAND_COMPLETE;
        parser->at++;
    } else {
        return false;
    }
    take_rest(parser);
    return true;
}

static void take_defaults(Options *options)
{
    options->script_given = options->script;
    options->mode_given = options->mode != MODES;
    if (!options->script_given)
        options->script = "exposure";
    if (!options->mode_given)
        options->mode = MODE_PARALLEL;
}

bool cli_is_python(const char *program)
{
    return strcmp(path_name(program), "lutist-python") == 0;
}

bool cli_parse(int argc, char **argv, Options *options, Err *err)
{
    *options = (Options){.command = COMMAND_VIEW, .argv = argv, .mode = MODES};
    options->args = mem_new((size_t)argc, sizeof *options->args);
    options->params = mem_new((size_t)argc, sizeof *options->params);
    options->include.texts = mem_new((size_t)argc, sizeof *options->include.texts);
    options->exclude.texts = mem_new((size_t)argc, sizeof *options->exclude.texts);
    Parser parser = {
        .argc = argc, .at = 1, .argv = argv, .options = options, .err = err};
    bool other = parse_as_other(&parser), fine = other || parse(&parser);
    take_defaults(options);
    if (fine && (other || options->help || options->version || check(options, err)))
        return true;
    cli_clear(options);
    return false;
}

void cli_clear(Options *options)
{
    mem_free(options->args);
    mem_free(options->params);
    mem_free(options->include.texts);
    mem_free(options->exclude.texts);
    *options = (Options){0};
}
