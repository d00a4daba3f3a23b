/* param — the parameters that a script declares: their kinds, ranges and texts.
 *
 * A ParamSet is a pipeline's signature; an array of ParamValue, in the same order, is
 * one setting. Plain C, so that the viewer, batch and Python can exchange them without
 * seeing each other's libraries.
 * Threads: a ParamSet is immutable after param_set_new; its counter is atomic.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PARAM_H
#define LUTIST_PIPE_PARAM_H

#include <stdatomic.h>
#include <stddef.h>

#include "base/err.h"
#include "pipe/param_value.h"

/* The value of each is described in pipe/param_value.h. */
typedef enum ParamKind {
    PARAM_SLIDER,
    PARAM_CHOICE,
    PARAM_TOGGLE,
    PARAM_FILE,
    PARAM_CURVE,
    PARAM_COLOR,
} ParamKind;

typedef struct Param {
    ParamKind kind;
    char *name;    /* the Python identifier */
    char *label;   /* for people: "Exposure", "Black point" */
    char *group;   /* the heading above it and its neighbours of the same group; "" */
    char *help;    /* a line for people; "" */
    char *unit;    /* slider: "EV", "%", "" */
    double lo, hi; /* slider: inclusive */
    double step;   /* slider: 0 is continuous */
    bool whole;    /* slider: its values are integers, and so are lo, hi and step > 0 */
    bool log;      /* slider: equal distances are equal ratios; then lo > 0 */
    char **choices;
    int n_choices;
    char *pattern;      /* file: what to list, as "*.cube *.CUBE" */
    char *enabled_by;   /* without it a value has no effect: the name of a toggle, or
                           "choice=word|word"; "": always it has one */
    ParamValue initial; /* the default; owned */
} Param;

/* Parameters of one group are neighbours; those without a group come first. */
typedef struct ParamSet {
    int count;
    Param *params; /* owned, with all strings in them */
    atomic_int refs;
} ParamSet;

/* Takes `params` (mem_new'd, with its strings; a NULL one becomes ""). */
ParamSet *param_set_new(Param *params, int count);
ParamSet *param_set_ref(ParamSet *set);
void param_set_unref(ParamSet **set); /* nulls; NULL is fine */
/* -1: no such name. */
int param_find(const ParamSet *set, const char *name);
/* New array of the defaults; param_values_free. */
ParamValue *param_defaults(const ParamSet *set);
/* Is the value a number (and not a text)? */
bool param_is_number(const Param *param);
/* Have values of parameter `index` an effect beside these? Also if what it names is not
 * there. */
bool param_is_enabled(const ParamSet *set, int index, const ParamValue *values);
/* Does a heading stand above parameter `index`? */
bool param_begins_group(const ParamSet *set, int index);

/* Is `value` allowed? ERR_USAGE names parameter, value and range. A stepped slider
 * accepts any value in its range: the step only guides the hand. A text is allowed. */
bool param_check(const Param *param, ParamValue value, Err *err);
/* The number at the start of a text, as a person types it: "0.5", "0,5", "1/2". *end:
 * what follows it; `text` itself: it is none. NaN: it is divided by nothing. */
double param_scan(const char *text, const char **end);
/* Parse text as a person types it ("0.5", "0,5", "1/2 EV", "sepia", "on", "0,0 1,1",
 * "#AABBCC", "looks/film.cube", "~/film.cube") and check the value. A relative path
 * counts from the working folder; no disk is looked at. On success *value is new:
 * param_clear. */
bool param_read(const Param *param, const char *text, ParamValue *value, Err *err);
/* The same, and a file must exist. */
bool param_parse(const Param *param, const char *text, ParamValue *value, Err *err);
/* The value as a label: as many digits as range and step need, with the unit ("+0.50
 * EV", "sepia", "on"), a file's name without its folder. Returns `buffer`. */
char *param_format(const Param *param, ParamValue value, char *buffer, size_t size);
/* The shortest text from which param_parse gives the same value (for -p NAME=…); new
 * string. */
char *param_literal(const Param *param, ParamValue value);

/* How far a hand's step goes. */
typedef enum ParamPace {
    PACE_STEP,
    PACE_COARSE, /* ten steps */
    PACE_FINE,   /* a tenth; of whole numbers one step */
} ParamPace;

/* Slider geometry. Position runs from 0 (lo) to 1 (hi). */
double param_position(const Param *param, double value);
/* Clamped, on a multiple of the pace's step. */
double param_at(const Param *param, double position, ParamPace pace);
/* The value after one arrow key; choices and toggles go to the next. */
double param_nudge(const Param *param, double value, int direction, ParamPace pace);

#endif
