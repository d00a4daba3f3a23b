#include "viewer/state/timing_text.h"

#include <math.h>
#include <stdio.h>

enum { NUMBER = 32 };

static char *write_ms(double ms, char text[NUMBER])
{
    int places = ms < 0.995 ? 2 : ms < 9.95 ? 1 : 0;
    snprintf(text, NUMBER, "%.*f", places, ms);
    return text;
}

static char *write_size(const Timing *timing, char text[NUMBER])
{
    int places = timing->megapixels < 0.0095 ? 3 : timing->megapixels < 0.995 ? 2 : 1;
    snprintf(text, NUMBER, "%s%.*f MP", timing->whole ? "all " : "", places,
             timing->megapixels);
    return text;
}

char *timing_text_now(const Timing *now, int form, char text[TIMING_TEXT])
{
    static const char *const forms[TIMING_FORMS] = {
        "%s, %s: Processed in %s ms (Rendered in %s ms)",
        "%s, %s: %s ms (%s ms)",
        "%s %.0s%s ms (%s ms)",
        "%s %.0s%s ms",
        "%.0s%.0s%s ms",
    };
    char size[NUMBER], processed[NUMBER], rendered[NUMBER];
    snprintf(text, TIMING_TEXT, forms[form], mode_name(now->mode),
             write_size(now, size), write_ms(now->processed_ms, processed),
             write_ms(now->rendered_ms, rendered));
    return text;
}

/* Times of equally many pixels need no size beside them. */
static bool same_size(const Timing *now, const Timing *before)
{
    return fabs(now->megapixels - before->megapixels) <= 0.01 * now->megapixels;
}

char *timing_text_before(const Timing *now, const Timing *before, int form,
                         char text[TIMING_TEXT])
{
    char size[NUMBER], processed[NUMBER];
    bool same = same_size(now, before);
    text[0] = '\0';
    if (!before->known || form > 2 || (form == 2 && !same))
        return text;
    write_ms(before->processed_ms, processed);
    snprintf(text, TIMING_TEXT, "%s%s %s ms%s%s", mode_name(before->mode),
             form < 2 ? " took" : "", processed, same ? "" : " for ",
             same ? "" : write_size(before, size));
    return text;
}

char *timing_text_change(const Timing *now, const Timing *before,
                         char text[TIMING_TEXT])
{
    char size[NUMBER], processed[NUMBER], other[TIMING_TEXT];
    timing_text_before(now, before, 0, other);
    snprintf(text, TIMING_TEXT, "%s took %s ms for %s%s%.80s", mode_name(now->mode),
             write_ms(now->processed_ms, processed), write_size(now, size),
             *other ? ", " : "", other);
    return text;
}
