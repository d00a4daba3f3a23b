/* turns — the pictures that the user has turned, by their files' paths.
 *
 * They are remembered while the window is open.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TURN_TURNS_H
#define LUTIST_VIEWER_TURN_TURNS_H

typedef struct TurnedFile {
    char *path;   /* owned */
    int quarters; /* 0 to 3 */
} TurnedFile;

/* Zeroed: none is turned. */
typedef struct Turns {
    TurnedFile *files; /* owned */
    int count;
} Turns;

void turns_term(Turns *turns);
/* The quarters of that file's picture, clockwise, 0 to 3. */
int turns_of(const Turns *turns, const char *path);
void turns_set(Turns *turns, const char *path, int quarters);

#endif
