/* folds — the groups of parameters that the user has folded, by name.
 *
 * Of a folded group the heading is seen alone: it stands for the group's first
 * parameter, which the keyboard can go to.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_FOLDS_H
#define LUTIST_VIEWER_PANEL_FOLDS_H

#include "pipe/param.h"

typedef struct Folds {
    char **names; /* owned */
    int count;
} Folds;

void folds_clear(Folds *folds);
/* Fold the group, or unfold it. "" is none. */
void folds_toggle(Folds *folds, const char *group);
/* Is parameter `index` in a folded group? */
bool folds_has(const Folds *folds, const ParamSet *set, int index);
/* Is its row not seen at all, not even as the heading? */
bool folds_hides(const Folds *folds, const ParamSet *set, int index);

#endif
