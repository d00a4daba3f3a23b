/* Parameter values as people read and type them. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "pipe/param.h"

/* Fractions have two decimals and more, so that the numbers of a panel line up. */
enum { FRACTION_DECIMALS = 2 };

/* Decimals of a label: enough for the step, else for two hundred positions; one more
 * where the value is between them. */
static int decimals(const Param *param, double value)
{
    double span = param->log ? fabs(value) : param->hi - param->lo;
    double grain = param->step > 0 ? param->step : span / 100;
    int places = 0;
    for (double scale = 1; places < 6; places++, scale *= 10)
        if (fabs(grain * scale - round(grain * scale)) < 1e-9 * scale ||
            (param->step <= 0 && grain * scale >= 1))
            break;
    if (places > 0 && places < FRACTION_DECIMALS)
        places = FRACTION_DECIMALS;
    double scale = pow(10, places); /* a fine step has one decimal more */
    return fabs(value * scale - round(value * scale)) > 0.05 ? places + 1 : places;
}

/* Of all kinds but sliders. */
static const char *word(const Param *param, ParamValue value)
{
    if (param->kind == PARAM_TOGGLE)
        return value.number != 0 ? "on" : "off";
    if (param->kind == PARAM_CHOICE)
        return param->choices[(int)value.number];
    return param_text_of(value);
}

static const char *short_word(const Param *param, ParamValue value)
{
    const char *text = word(param, value);
    if (param->kind == PARAM_FILE)
        return text[0] ? path_name(text) : "none";
    return text;
}

/* "0.50 EV", but "40%" and "220°". */
static bool stands_alone(const char *unit)
{
    return unit[0] && strcmp(unit, "%") != 0 && strcmp(unit, "°") != 0;
}

char *param_format(const Param *param, ParamValue value, char *buffer, size_t size)
{
    if (param->kind != PARAM_SLIDER) {
        snprintf(buffer, size, "%s", short_word(param, value));
        return buffer;
    }
    double shown = value.number == 0 ? 0 : value.number; /* no "-0.00" */
    const char *sign = param->lo < 0 && shown > 0 ? "+" : "";
    const char *gap = stands_alone(param->unit) ? " " : "";
    snprintf(buffer, size, "%s%.*f%s%s", sign, decimals(param, shown), shown, gap,
             param->unit);
    return buffer;
}

char *param_literal(const Param *param, ParamValue value)
{
    if (param->kind != PARAM_SLIDER)
        return mem_dup(word(param, value));
    char digits[64];
    bool plain = fabs(value.number) < 1e15; /* "6500", not "6.5e+03" */
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value.number);
        if (strtod(digits, NULL) == value.number && !(plain && strstr(digits, "e+")))
            break;
    }
    return mem_dup(digits);
}

/* The longest number that is read, as text. */
enum { NUMBER_TEXT = 512 };

/* strtod that takes a decimal comma too: "0,5". */
static double read_decimal(const char *text, const char **end)
{
    char copy[NUMBER_TEXT];
    snprintf(copy, sizeof copy, "%s", text);
    size_t digits = strspn(copy, " \t+-0123456789");
    if (copy[digits] == ',')
        copy[digits] = '.';
    char *stop;
    double number = strtod(copy, &stop);
    *end = text + (stop - copy);
    return number;
}

double param_scan(const char *text, const char **end)
{
    double number = read_decimal(text, end);
    if (*end == text || **end != '/')
        return number;
    const char *below = *end + 1;
    double divisor = read_decimal(below, end);
    return *end == below ? NAN : number / divisor;
}

static bool parse_number(const Param *param, const char *text, ParamValue *value,
                         Err *err)
{
    const char *end;
    double number = param_scan(text, &end);
    bool huge = isinf(number) && !strchr(text, '/') && strpbrk(text, "0123456789");
    bool any = end != text && (isfinite(number) || huge);
    while (isspace((unsigned char)*end))
        end++;
    if (any && *end && strcasecmp(end, param->unit) == 0)
        end += strlen(end);
    if (!any || *end)
        return err_set(err, ERR_USAGE, "%s=%s is not a number (%.15g to %.15g)",
                       param->name, text, param->lo, param->hi);
    if (huge)
        return err_set(err, ERR_USAGE, "%s=%s is outside its range: %.15g to %.15g",
                       param->name, text, param->lo, param->hi);
    if (!param_check(param, param_number(number), err))
        return false;
    *value = param_number(number);
    return true;
}

static bool parse_choice(const Param *param, const char *text, ParamValue *value,
                         Err *err)
{
    for (int i = 0; i < param->n_choices; i++)
        if (strcasecmp(text, param->choices[i]) == 0) {
            *value = param_number(i);
            return true;
        }
    char list[256] = "";
    size_t used = 0;
    for (int i = 0; i < param->n_choices && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "",
                                 param->choices[i]);
    return err_set(err, ERR_USAGE, "%s=%s is not one of: %s", param->name, text, list);
}

static bool parse_toggle(const Param *param, const char *text, ParamValue *value,
                         Err *err)
{
    static const char *const words[] = {"off", "on",  "false", "true",
                                        "no",  "yes", "0",     "1"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (strcasecmp(text, words[i]) == 0) {
            *value = param_number(i % 2);
            return true;
        }
    return err_set(err, ERR_USAGE, "%s=%s is neither on nor off", param->name, text);
}

static bool parse_color(const Param *param, const char *text, ParamValue *value,
                        Err *err)
{
    int rgb[3];
    if (!param_rgb(text, rgb))
        return err_set(err, ERR_USAGE,
                       "%s=%s is not a colour: use #rrggbb, such as #ff8000",
                       param->name, text);
    *value = param_color(rgb);
    return true;
}

static bool parse_curve(const Param *param, const char *text, ParamValue *value,
                        Err *err)
{
    ParamPoint points[PARAM_POINTS];
    int count = param_points(text, points);
    if (!count)
        return err_set(err, ERR_USAGE,
                       "%s=%s is not a curve: use 2 to %d points x,y from 0 to 1, "
                       "rising in x, such as \"0,0 0.5,0.6 1,1\"",
                       param->name, text, PARAM_POINTS);
    *value = param_curve(points, count);
    return true;
}

/* New string: an absolute path. NULL: there is no working folder. */
static char *absolute(const char *text)
{
    char *named = path_at_home(text),
         *folder = named[0] == '/' ? NULL : getcwd(NULL, 0);
    char *path =
        named[0] == '/' || folder ? path_join(folder ? folder : "/", named) : NULL;
    free(folder);
    mem_free(named);
    return path;
}

static bool parse_file(const Param *param, const char *text, ParamValue *value,
                       Err *err)
{
    char *path = text[0] ? absolute(text) : mem_dup("");
    if (!path)
        return err_set_errno(err, ERR_USAGE, errno, "%s=%s", param->name, text);
    *value = param_text(path);
    mem_free(path);
    return true;
}

bool param_read(const Param *param, const char *text, ParamValue *value, Err *err)
{
    static bool (*const parsers[])(const Param *, const char *, ParamValue *, Err *) = {
        [PARAM_SLIDER] = parse_number, [PARAM_CHOICE] = parse_choice,
        [PARAM_TOGGLE] = parse_toggle, [PARAM_FILE] = parse_file,
        [PARAM_CURVE] = parse_curve,   [PARAM_COLOR] = parse_color,
    };
    return parsers[param->kind](param, text, value, err);
}

/* "" is no file. */
static bool check_file(const Param *param, const char *text, const char *path, Err *err)
{
    struct stat found;
    if (path[0] && stat(path, &found) != 0)
        return err_set_errno(err, ERR_USAGE, errno, "%s=%s", param->name, text);
    if (path[0] && S_ISDIR(found.st_mode))
        return err_set(err, ERR_USAGE, "%s=%s is a folder, not a file", param->name,
                       text);
    return true;
}

bool param_parse(const Param *param, const char *text, ParamValue *value, Err *err)
{
    ParamValue read;
    if (!param_read(param, text, &read, err))
        return false;
    if (param->kind == PARAM_FILE &&
        !check_file(param, text, param_text_of(read), err)) {
        param_clear(&read);
        return false;
    }
    *value = read;
    return true;
}
