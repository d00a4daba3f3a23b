/* template — an output's name, made from an input's.
 *
 * {stem} is the input's name without extension, {ext} an extension with its dot, {dir}
 * the input's folder, {index} its number, padded with zeros to `width`. {{ and }} stand
 * for braces. Values are not expanded again.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_TEMPLATE_H
#define LUTIST_BATCH_FILE_TEMPLATE_H

#include <stdbool.h>

#include "base/err.h"

typedef struct TemplateInput {
    const char *path; /* of the input */
    const char *ext;  /* the value of {ext}: ".jpg" */
    int index;        /* 1 and up */
    int width;        /* digits of the largest index */
} TemplateInput;

/* Is this a template, or a plain name? */
bool template_is(const char *text);
/* Fails: ERR_USAGE, naming the unknown or unfinished field. */
bool template_check(const char *text, Err *err);
/* New: the folder that all results lie in, before the first field; NULL: there is none,
 * because {dir} stands at the start. `text` has passed template_check. */
char *template_folder(const char *text);
/* New string. `text` has passed template_check. */
char *template_expand(const char *text, const TemplateInput *input);
/* Does the expansion stay below the template's fixed part, which ends with the last '/'
 * before the first field? A {dir} at the start belongs to the fixed part, because the
 * input's folder may be anywhere. Fails: ERR_USAGE, naming the input, the result and
 * the fixed part. */
bool template_check_result(const char *text, const TemplateInput *input,
                           const char *result, Err *err);

#endif
