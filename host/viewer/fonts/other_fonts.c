#include "viewer/fonts/other_fonts.h"

#include "base/mem.h"
#include "base/thread/errands.h"

enum { UNICODE = 0x110000 };

struct OtherFonts {
    ErrandsConfig config;
    Errands *errands; /* NULL: none is needed yet, or can be started */
    FoundFont fonts[OTHER_FONTS_MOST];
    int count;
    bool searching;
    uint32_t missed[FONT_SEARCH_CHARACTERS]; /* not searched for yet */
    int n_missed;
    uint8_t known[UNICODE / 8]; /* a bit a character: missed at any time */
};

typedef struct Request {
    OtherFonts *others; /* the UI thread's */
    FontSearch search;
} Request;

OtherFonts *other_fonts_new(Dispatch *ui, dispatch_fn searched, void *context)
{
    OtherFonts *others = mem_new(1, sizeof *others);
    others->config = (ErrandsConfig){"lutist-fonts", ui, searched, context};
    return others;
}

void other_fonts_free(OtherFonts *others)
{
    if (!others)
        return;
    errands_leave(others->errands);
    for (int i = 0; i < others->count; i++)
        mem_free(others->fonts[i].file);
    mem_free(others);
}

const FoundFont *other_fonts_at(const OtherFonts *others, int i)
{
    return others && i < others->count ? &others->fonts[i] : NULL;
}

void other_fonts_miss(OtherFonts *others, uint32_t character)
{
    if (!others || others->n_missed == FONT_SEARCH_CHARACTERS || character >= UNICODE)
        return;
    uint8_t *known = &others->known[character / 8], bit = (uint8_t)(1 << character % 8);
    if (*known & bit)
        return;
    *known |= bit;
    others->missed[others->n_missed++] = character;
}

static void run(void *data)
{
    font_search_run(&((Request *)data)->search);
}

/* Fonts without a place are freed with the request. */
static void take(void *data)
{
    Request *request = data;
    OtherFonts *others = request->others;
    others->searching = false;
    for (int i = 0; i < request->search.found && others->count < OTHER_FONTS_MOST;
         i++) {
        others->fonts[others->count++] = request->search.fonts[i];
        request->search.fonts[i].file = NULL;
    }
}

static void drop(void *data)
{
    Request *request = data;
    font_search_clear(&request->search);
    mem_free(request);
}

void other_fonts_search(OtherFonts *others)
{
    Err err;
    if (!others || others->searching || !others->n_missed)
        return;
    if (!others->errands)
        others->errands = errands_start(&others->config, &err);
    if (!others->errands)
        return;
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){others, {.count = others->n_missed}};
    for (int i = 0; i < others->n_missed; i++)
        request->search.characters[i] = others->missed[i];
    others->n_missed = 0;
    others->searching = true;
    errands_do(others->errands, others, &(Errand){run, take, drop, request});
}
