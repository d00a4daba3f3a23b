/* suggest — the known name that a misspelt one resembles.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_SUGGEST_H
#define LUTIST_BASE_TEXT_SUGGEST_H

/* The most similar of `count` names; NULL if none is similar enough. NULL names are
 * skipped. */
const char *suggest_name(const char *word, const char *const *names, int count);

#endif
