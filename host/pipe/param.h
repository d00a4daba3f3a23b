/* param — the sliders, choices and toggles that a script declares, and their values.
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

typedef enum ParamKind { PARAM_SLIDER, PARAM_CHOICE, PARAM_TOGGLE } ParamKind;

/* A slider's number; a choice's index; a toggle's 0 or 1. */
typedef double ParamValue;

typedef struct Param {
    ParamKind kind;
    char *name;    /* the Python identifier */
    char *label;   /* for people: "Exposure", "Black point" */
    char *unit;    /* "EV", "%", "" */
    double lo, hi; /* slider: inclusive */
    double step;   /* slider: 0 is continuous */
    bool whole;    /* slider: its values are integers, and so are lo, hi and step > 0 */
    bool log;      /* slider: equal distances are equal ratios; then lo > 0 */
    char **choices;
    int n_choices;
    ParamValue initial; /* the default */
} Param;

typedef struct ParamSet {
    int count;
    Param *params; /* owned, with all strings in them */
    atomic_int refs;
} ParamSet;

/* Takes `params` (mem_new'd, with its strings). */
ParamSet *param_set_new(Param *params, int count);
ParamSet *param_set_ref(ParamSet *set);
void param_set_unref(ParamSet **set); /* nulls; NULL is fine */
/* -1: no such name. */
int param_find(const ParamSet *set, const char *name);
/* New array of the defaults; mem_free. */
ParamValue *param_defaults(const ParamSet *set);

/* Is `value` allowed? ERR_USAGE names parameter, value and range. A stepped slider
 * accepts any value in its range: the step only guides the hand. */
bool param_check(const Param *param, ParamValue value, Err *err);
/* Parse text as a person types it ("0.5", "0.5 EV", "sepia", "on") and check the value.
 */
bool param_parse(const Param *param, const char *text, ParamValue *value, Err *err);
/* The value as a label: as many digits as range and step need, with the unit ("+0.50
 * EV", "sepia", "on"). Returns `buffer`. */
char *param_format(const Param *param, ParamValue value, char *buffer, size_t size);
/* The shortest text from which param_parse gives the same value (for -p NAME=…). */
char *param_literal(const Param *param, ParamValue value, char *buffer, size_t size);

/* Slider geometry. Position runs from 0 (lo) to 1 (hi). */
double param_position(const Param *param, ParamValue value);
ParamValue param_at(const Param *param, double position); /* clamped, on the step */
/* The value after one arrow key (`coarse`: ten steps); choices and toggles go to the
 * next. */
ParamValue param_nudge(const Param *param, ParamValue value, int direction,
                       bool coarse);

#endif
