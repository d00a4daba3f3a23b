#include "viewer/fonts/font_search.h"

#include "base/file/regular.h"
#include "base/mem.h"
#include "viewer/fonts/fontconfig_library.h"

/* Of a font's index: which in the file. The bits above say how its shape varies; a
 * negative index stands for all shapes. */
enum { FACE_BITS = 0xffff };

/* All fonts, the best first. NULL: none. */
static FcFontSet *list_fonts(const FontconfigLibrary *fc)
{
    FcResult result;
    FcPattern *like = fc->FcPatternCreate();
    fc->FcPatternAddString(like, FC_FAMILY, (const FcChar8 *)"sans-serif");
    fc->FcConfigSubstitute(NULL, like, FcMatchPattern);
    fc->FcDefaultSubstitute(like);
    FcFontSet *list = fc->FcFontSort(NULL, like, FcFalse, NULL, &result);
    fc->FcPatternDestroy(like);
    return list;
}

static bool has(const FontconfigLibrary *fc, const FcPattern *font, uint32_t character)
{
    FcCharSet *set = NULL;
    return fc->FcPatternGetCharSet(font, FC_CHARSET, 0, &set) == FcResultMatch &&
           fc->FcCharSetHasChar(set, character);
}

static bool is(const FontconfigLibrary *fc, const FcPattern *font, const char *property)
{
    FcBool yes = FcFalse;
    return fc->FcPatternGetBool(font, property, 0, &yes) == FcResultMatch && yes;
}

static bool read_font(const FontconfigLibrary *fc, const FcPattern *font,
                      FoundFont *found)
{
    Err err;
    FcChar8 *path = NULL;
    int index = 0;
    *found = (FoundFont){.is_color = !is(fc, font, FC_OUTLINE)};
    if (found->is_color && !is(fc, font, FC_COLOR))
        return false;
    if (fc->FcPatternGetString(font, FC_FILE, 0, &path) != FcResultMatch)
        return false;
    fc->FcPatternGetInteger(font, FC_INDEX, 0, &index);
    found->index = index < 0 ? index & FACE_BITS : index;
    found->file = regular_text((const char *)path, "the font", &found->bytes, &err);
    return found->file;
}

/* Adds the first font that can be read; `used` are the patterns of those found. */
static void find(const FontconfigLibrary *fc, const FcFontSet *list,
                 const FcPattern **used, uint32_t character, FontSearch *search)
{
    for (int i = 0; i < search->found; i++)
        if (has(fc, used[i], character))
            return;
    for (int i = 0; i < list->nfont && search->found < FONT_SEARCH_FONTS; i++)
        if (has(fc, list->fonts[i], character) &&
            read_font(fc, list->fonts[i], &search->fonts[search->found])) {
            used[search->found++] = list->fonts[i];
            return;
        }
}

void font_search_run(FontSearch *search)
{
    const FcPattern *used[FONT_SEARCH_FONTS] = {NULL};
    const FontconfigLibrary *fc = fontconfig_library(NULL);
    FcFontSet *list = fc ? list_fonts(fc) : NULL;
    if (!list)
        return;
    for (int i = 0; i < search->count; i++)
        find(fc, list, used, search->characters[i], search);
    fc->FcFontSetDestroy(list);
}

void font_search_clear(FontSearch *search)
{
    for (int i = 0; i < search->found; i++)
        mem_free(search->fonts[i].file);
    search->found = 0;
}
