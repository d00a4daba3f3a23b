#include "base/text/bom.h"

#include <string.h>

size_t bom_length(const char *text, size_t size)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t length = strlen(mark);
    return size >= length && memcmp(text, mark, length) == 0 ? length : 0;
}
