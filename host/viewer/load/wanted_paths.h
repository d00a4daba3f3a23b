/* wanted_paths — the path of the picture that is wanted, and of those that will be
 * wanted next.
 *
 * Threads: a value; its owner's lock guards it.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_WANTED_PATHS_H
#define LUTIST_VIEWER_LOAD_WANTED_PATHS_H

#include "viewer/load/picture_store.h"

enum { EXPECTED_MOST = PICTURE_STORE_MOST - 1 };

typedef struct WantedPaths {
    char *wanted;                  /* owned; NULL: none */
    char *expected[EXPECTED_MOST]; /* the likeliest first; owned */
    int n_expected;
} WantedPaths; /* zeroed memory has none */

void wanted_paths_term(WantedPaths *paths);
/* Another one is wanted, and the one before expected alone: a hand that steps on may
 * step back. Takes the path. */
void wanted_paths_want(WantedPaths *paths, char *path);
/* None is expected any more. */
void wanted_paths_forget(WantedPaths *paths);
/* One more is expected, of EXPECTED_MOST. Takes the path. */
void wanted_paths_expect(WantedPaths *paths, char *path);
/* All of them, the wanted one first, into PICTURE_STORE_MOST places; borrowed. Returns
 * how many. */
int wanted_paths_all(const WantedPaths *paths, char **all);
bool wanted_paths_has(const WantedPaths *paths, const char *path);
/* The same as wanted_paths_all, of those before `path`. */
int wanted_paths_before(const WantedPaths *paths, const char *path, char **before);

#endif
