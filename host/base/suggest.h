/* suggest — the name that a mistyped one was probably meant to be.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_SUGGEST_H
#define LUTIST_BASE_SUGGEST_H

/* The nearest of `count` names, if it is near enough to be worth saying; else NULL.
 * NULL names are passed over. */
const char *suggest_name(const char *word, const char *const *names, int count);

#endif
