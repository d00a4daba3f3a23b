#include "pipe/scale/fit_size.h"

#include <math.h>
#include <string.h>

static const char LONG_EDGE[] = "long-edge";

/* Digits alone, 1 to 1,000,000; *end is behind them. */
static bool read_side(const char *text, const char **end, int *side)
{
    int64_t number = 0;
    *end = text;
    while (**end >= '0' && **end <= '9' && number <= 1000000)
        number = 10 * number + *(*end)++ - '0';
    *side = (int)number;
    return number >= 1 && number <= 1000000;
}

static bool read_box(const char *text, FitSize *fit)
{
    const char *end;
    if (!read_side(text, &end, &fit->width) || *end != 'x')
        return false;
    return read_side(end + 1, &end, &fit->height) && !*end;
}

/* "long-edge 2000", or with '=' or ':' between. */
static bool read_edge(const char *text, FitSize *fit)
{
    const char *end;
    size_t length = strlen(LONG_EDGE);
    if (strncmp(text, LONG_EDGE, length) != 0 || !strchr(" =:", text[length]) ||
        !text[length] || !read_side(text + length + 1, &end, &fit->width))
        return false;
    fit->height = fit->width;
    return !*end;
}

/* "50%", "33.3%". */
static bool read_share(const char *text, FitSize *fit)
{
    double number = 0, digit = 1;
    bool any = false;
    for (; *text >= '0' && *text <= '9' && number <= 100; text++, any = true)
        number = 10 * number + *text - '0';
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++, any = true)
            number += (*text - '0') * (digit /= 10);
    fit->share = number / 100;
    return any && strcmp(text, "%") == 0 && number > 0 && number <= 100;
}

bool fit_size_parse(const char *text, FitSize *fit, Err *err)
{
    FitSize box = {0}, edge = {0}, share = {0};
    if (read_box(text, &box))
        *fit = box;
    else if (read_edge(text, &edge))
        *fit = edge;
    else if (read_share(text, &share))
        *fit = share;
    else
        return err_set(
            err, ERR_USAGE,
            "resize '%s': use a box such as 1920x1080, a share such as 50%% (at "
            "most 100%%) or 'long-edge 2000'",
            text);
    return true;
}

static int scaled(int side, double share)
{
    return (int)fmax(floor(side * share + 0.5), 1);
}

ImageInfo fit_size_of(const FitSize *fit, ImageInfo info)
{
    double share = fit->share;
    if (!share && fit->width)
        share =
            fmin((double)fit->width / info.width, (double)fit->height / info.height);
    if (!share || share >= 1)
        return info;
    info.width = scaled(info.width, share);
    info.height = scaled(info.height, share);
    return info;
}
