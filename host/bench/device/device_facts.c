#include "bench/device/device_facts.h"

#include <stdio.h>

void device_facts_print(const DeviceFacts *facts)
{
    printf("%s; of a copy on the device; tables sent %.2f ms, all sent %.2f ms",
           facts->same_bits ? ", the same bits" : "", facts->kept_ms, facts->whole_ms);
}

void device_facts_print_reason(const DeviceFacts *facts, const char *op,
                               const char *pixel)
{
    if (facts->device)
        printf("%-17s %-6s opencl: not measured: %s\n", op, pixel, facts->reason);
    else
        printf("opencl: not checked: %s\n", facts->reason);
    fflush(stdout);
}

/* What was not measured is left out. */
static void save_ms(Json *json, const char *name, double ms)
{
    if (ms > 0)
        json_number(json, name, ms);
}

void device_facts_save(Json *json, const DeviceFacts *facts)
{
    if (facts->device) {
        json_text(json, "device", facts->device);
        json_text(json, "driver", facts->driver);
        json_bool(json, "same_bits", facts->same_bits);
    }
    save_ms(json, "device_copy_ms", facts->copy_ms);
    save_ms(json, "tables_sent_ms", facts->kept_ms);
    save_ms(json, "all_sent_ms", facts->whole_ms);
    if (facts->reason[0])
        json_text(json, "reason", facts->reason);
}
