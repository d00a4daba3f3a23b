/* describe_color — a .cube file's tables, or an ICC profile, in a line or as JSON.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_INFO_DESCRIBE_COLOR_H
#define LUTIST_CMD_INFO_DESCRIBE_COLOR_H

#include <stdio.h>

#include "base/text/json.h"
#include "image/profile/profile.h"
#include "pipe/cube/cube_tables.h"

void describe_tables(FILE *file, const char *path, const CubeTables *tables);
void describe_json_tables(Json *json, const char *path, const CubeTables *tables);

void describe_profile(FILE *file, const char *path, const Profile *profile);
void describe_json_profile(Json *json, const char *path, const Profile *profile);

#endif
