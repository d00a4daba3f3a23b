/* setting_words — a setting as words of a command line: "-p exposure=0.25 -p gamma=1".
 *
 * People and other windows can copy it, and it outlives a change of the script: what is
 * read back is found by name.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SETTING_WORDS_H
#define LUTIST_PIPE_SETTING_WORDS_H

#include <stdio.h>

#include "pipe/param.h"

/* How words were read. */
typedef struct SettingRead {
    int taken;        /* of these, values that were put */
    char others[256]; /* names that the set does not have: "film, grain"; "" */
    Err err;          /* of the first value that does not fit; ERR_NONE: all do */
} SettingRead;

/* Write " -p NAME=VALUE" for each parameter, quoted for a POSIX shell. */
void setting_words_put(FILE *out, const ParamSet *set, const ParamValue *values);
/* The same without the first blank; new string, "" without parameters. */
char *setting_words(const ParamSet *set, const ParamValue *values);
/* Put the values of all "-p NAME=VALUE", "-pNAME=VALUE" and "--param NAME=VALUE" of
 * `text` on `values`. Other words are passed over. A value that does not fit leaves the
 * old one; whether a file exists is not looked at. False: there is none in it. */
bool setting_words_read(const char *text, const ParamSet *set, ParamValue *values,
                        SettingRead *read);

#endif
