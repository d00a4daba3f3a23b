#include "viewer/state/notice.h"

#include <stddef.h>
#include <string.h>

#include "base/text/printable.h"

static const double NOTICE_MS = 6000;

void notice_set(Notice *notice, const char *text, double now)
{
    printable_escape(notice->text, sizeof notice->text, text);
    notice->until_ms = now + NOTICE_MS;
}

const char *notice_text(const Notice *notice, double now)
{
    return now < notice->until_ms ? notice->text : NULL;
}

void notice_withdraw(Notice *notice, const char *text)
{
    char shown[sizeof notice->text];
    printable_escape(shown, sizeof shown, text);
    if (strcmp(notice->text, shown) == 0)
        notice->until_ms = 0;
}

bool notice_is_older(const Notice *notice, double ms)
{
    return notice->until_ms - NOTICE_MS < ms;
}
