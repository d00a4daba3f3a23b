/* fontconfig_library — libfontconfig, opened when a character is first missing.
 *
 * Threads: any; of fontconfig's functions, too.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_FONTS_FONTCONFIG_LIBRARY_H
#define LUTIST_VIEWER_FONTS_FONTCONFIG_LIBRARY_H

#include <fontconfig/fontconfig.h>

#include "image/codec/library.h"

#define FONTCONFIG_FUNCTIONS(X)                                                        \
    X(FcPatternCreate)                                                                 \
    X(FcPatternAddString)                                                              \
    X(FcPatternGetString)                                                              \
    X(FcPatternGetInteger)                                                             \
    X(FcPatternGetBool)                                                                \
    X(FcPatternGetCharSet)                                                             \
    X(FcPatternDestroy)                                                                \
    X(FcCharSetHasChar)                                                                \
    X(FcConfigSubstitute)                                                              \
    X(FcDefaultSubstitute)                                                             \
    X(FcFontSort)                                                                      \
    X(FcFontSetDestroy)

LIBRARY_TABLE(FontconfigLibrary, FONTCONFIG_FUNCTIONS);

/* As library_open. */
const FontconfigLibrary *fontconfig_library(Err *err);

#endif
