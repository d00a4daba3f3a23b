#include "image/meta/declared.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/meta/exif.h"

enum {
    ONE = 100000,
    LEAST_GAMMA = 10000,
    MOST_GAMMA = 500000,
    SRGB_GAMMA = 45455, /* what PNG's specification puts beside sRGB */
    NEAR_GAMMA = 500,
    NEAR_CHROMA = 200,
    ADOBE_GAMMA = 45471, /* 2.19921875 */
};

typedef struct Primaries {
    const char *name;
    int code; /* in cICP (ITU-T H.273); 0: it has none */
    int32_t chroma[8];
} Primaries;

static const Primaries known[] = {
    {"sRGB", 1, {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000}},
    {"Display P3", 12, {31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000}},
    {"BT.2020", 9, {31270, 32900, 70800, 29200, 17000, 79700, 13100, 4600}},
    {"Adobe RGB", 0, {31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000}},
};
enum { SRGB, DISPLAY_P3, BT_2020, ADOBE_RGB, KNOWN };

static bool is_near(const int32_t a[8], const int32_t b[8])
{
    for (int i = 0; i < 8; i++)
        if (abs(a[i] - b[i]) > NEAR_CHROMA)
            return false;
    return true;
}

/* NULL: primaries of the file's own. */
static const Primaries *find_known(const int32_t chroma[8])
{
    for (int i = 0; i < KNOWN; i++)
        if (is_near(chroma, known[i].chroma))
            return &known[i];
    return NULL;
}

static DeclaredSpace make(DeclaredBy by, const int32_t chroma[8], int32_t gamma)
{
    DeclaredSpace space = {.by = by, .gamma = gamma};
    memcpy(space.chroma, chroma, sizeof space.chroma);
    return space;
}

/* Do the primaries enclose the white, in a triangle that is no line? */
static bool is_sane(const int32_t *c)
{
    double corners[4][2];
    for (int i = 0; i < 4; i++, c += 2) {
        if (c[0] < 0 || c[0] > ONE || c[1] < ONE / 1000 || c[1] > ONE - c[0])
            return false;
        corners[i][0] = (double)c[0] / ONE;
        corners[i][1] = (double)c[1] / ONE;
    }
    bool turned = false;
    for (int i = 1; i <= 3; i++) {
        const double *white = corners[0], *a = corners[i], *b = corners[i % 3 + 1];
        double area = (a[0] - white[0]) * (b[1] - white[1]) -
                      (b[0] - white[0]) * (a[1] - white[1]);
        if (fabs(area) < 1e-3 || (i > 1 && turned != (area < 0)))
            return false;
        turned = area < 0;
    }
    return true;
}

static DeclaredSpace by_gamma(const Meta *meta)
{
    bool own = meta->chroma[1] && is_sane(meta->chroma);
    const int32_t *chroma = own ? meta->chroma : known[SRGB].chroma;
    bool plain = find_known(chroma) == &known[SRGB];
    if (meta->gamma < LEAST_GAMMA || meta->gamma > MOST_GAMMA ||
        (plain && abs(meta->gamma - SRGB_GAMMA) <= NEAR_GAMMA))
        return (DeclaredSpace){0};
    return make(DECLARED_GAMMA, chroma, meta->gamma);
}

/* Of the transfer functions those of pictures in shades from black to white: not PQ and
 * HLG, nor those of video, whose displays differ. */
static DeclaredSpace by_cicp(const uint8_t cicp[4])
{
    enum { GAMMA_22 = 4, GAMMA_28 = 5, LINEAR = 8, SRGB_CURVE = 13 };
    int32_t gamma = cicp[1] == GAMMA_22   ? SRGB_GAMMA
                    : cicp[1] == GAMMA_28 ? 35714
                    : cicp[1] == LINEAR   ? ONE
                                          : 0;
    bool is_rgb = cicp[2] == 0 && cicp[3] == 1;
    for (int i = 0; is_rgb && i < KNOWN; i++)
        if (known[i].code == cicp[0] && (gamma || cicp[1] == SRGB_CURVE) &&
            (gamma || i != SRGB))
            return make(DECLARED_CICP, known[i].chroma, gamma);
    return (DeclaredSpace){0};
}

const char *declared_hdr(const Meta *meta)
{
    enum { PQ = 16, HLG = 18 };
    if (!meta || meta->icc.data || !meta->cicp[0])
        return NULL;
    return meta->cicp[1] == PQ ? "PQ" : meta->cicp[1] == HLG ? "HLG" : NULL;
}

DeclaredSpace declared_space(const Meta *meta)
{
    if (!meta || meta->icc.data)
        return (DeclaredSpace){0};
    if (meta->cicp[0])
        return by_cicp(meta->cicp);
    if (meta->srgb_intent)
        return (DeclaredSpace){0};
    if (meta->gamma)
        return by_gamma(meta);
    return exif_is_adobe_rgb(&meta->exif)
               ? make(DECLARED_EXIF, known[ADOBE_RGB].chroma, ADOBE_GAMMA)
               : (DeclaredSpace){0};
}

void declared_name(const DeclaredSpace *space, char *text, size_t size)
{
    const Primaries *primaries = find_known(space->chroma);
    const char *name = primaries ? primaries->name : "its own";
    if (!space->by)
        snprintf(text, size, "sRGB");
    else if (space->by == DECLARED_EXIF || (primaries && !space->gamma))
        snprintf(text, size, "%s", name);
    else if (space->gamma == ONE)
        snprintf(text, size, "%s primaries, linear", name);
    else
        snprintf(text, size, "%s primaries, gamma %.3g", name,
                 (double)ONE / space->gamma);
}

const char *declared_by(const DeclaredSpace *space)
{
    static const char *const names[] = {[DECLARED_NOWHERE] = "",
                                        [DECLARED_CICP] = "cICP",
                                        [DECLARED_GAMMA] = "gAMA",
                                        [DECLARED_EXIF] = "EXIF"};
    return names[space->by];
}
