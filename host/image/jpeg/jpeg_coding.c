#include "image/jpeg/jpeg_coding.h"

#include <string.h>

enum { COMPONENTS = 3, FULL_CHROMA_QUALITY = 90 };

/* What meta->coding has. */
typedef struct Coding {
    int components; /* 1 or 3 */
    J_COLOR_SPACE space;
    int across[COMPONENTS], down[COMPONENTS]; /* sampling factors */
    int numbers[COMPONENTS];                  /* of their tables, which may be shared */
    UINT16 tables[COMPONENTS][DCTSIZE2];
} Coding;

static bool has_zero(const UINT16 *table)
{
    for (int i = 0; i < DCTSIZE2; i++)
        if (table[i] == 0)
            return true;
    return false;
}

/* libjpeg writes no others: it would divide by a step of zero. */
static bool can_be_written(const Coding *coding)
{
    int across = 1, down = 1, blocks = 0;
    for (int i = 0; i < coding->components; i++) {
        if (has_zero(coding->tables[i]))
            return false;
        across = coding->across[i] > across ? coding->across[i] : across;
        down = coding->down[i] > down ? coding->down[i] : down;
        blocks += coding->across[i] * coding->down[i];
    }
    for (int i = 0; i < coding->components; i++)
        if (across % coding->across[i] != 0 || down % coding->down[i] != 0)
            return false;
    return blocks <= C_MAX_BLOCKS_IN_MCU;
}

void jpeg_coding_set(j_compress_ptr cinfo, int quality)
{
    int factor = quality >= FULL_CHROMA_QUALITY || cinfo->num_components == 1 ? 1 : 2;
    jpeg_set_quality(cinfo, quality, TRUE);
    cinfo->comp_info[0].h_samp_factor = factor;
    cinfo->comp_info[0].v_samp_factor = factor;
}

bool jpeg_coding_take(j_decompress_ptr cinfo, Meta *meta, Err *err)
{
    Coding coding = {.components = cinfo->num_components,
                     .space = cinfo->jpeg_color_space};
    bool known = coding.space == JCS_GRAYSCALE || coding.space == JCS_YCbCr ||
                 coding.space == JCS_RGB;
    if (!known || coding.components > COMPONENTS)
        return true;
    for (int i = 0; i < coding.components; i++) {
        const jpeg_component_info *component = &cinfo->comp_info[i];
        int number = component->quant_tbl_no;
        const JQUANT_TBL *table = number >= 0 && number < NUM_QUANT_TBLS
                                      ? cinfo->quant_tbl_ptrs[number]
                                      : NULL;
        if (!table)
            return true;
        coding.numbers[i] = number;
        coding.across[i] = component->h_samp_factor;
        coding.down[i] = component->v_samp_factor;
        memcpy(coding.tables[i], table->quantval, sizeof coding.tables[i]);
    }
    return !can_be_written(&coding) ||
           meta_set(&meta->coding, &coding, sizeof coding, err);
}

static void put_table(j_compress_ptr cinfo, int number, const UINT16 *values)
{
    if (!cinfo->quant_tbl_ptrs[number])
        cinfo->quant_tbl_ptrs[number] = jpeg_alloc_quant_table((j_common_ptr)cinfo);
    JQUANT_TBL *table = cinfo->quant_tbl_ptrs[number];
    memcpy(table->quantval, values, sizeof table->quantval);
    table->sent_table = FALSE;
}

/* Gray made from colours has the tables of their brightness. */
bool jpeg_coding_put(j_compress_ptr cinfo, const Meta *meta)
{
    Coding coding;
    if (!meta || meta->coding.size != sizeof coding)
        return false;
    memcpy(&coding, meta->coding.data, sizeof coding);
    if (cinfo->num_components > coding.components ||
        (cinfo->num_components == 1 && coding.space == JCS_RGB))
        return false;
    if (cinfo->num_components == COMPONENTS)
        jpeg_set_colorspace(cinfo, coding.space);
    for (int i = 0; i < cinfo->num_components; i++) {
        jpeg_component_info *component = &cinfo->comp_info[i];
        bool alone = cinfo->num_components == 1;
        component->quant_tbl_no = coding.numbers[i];
        component->h_samp_factor = alone ? 1 : coding.across[i];
        component->v_samp_factor = alone ? 1 : coding.down[i];
        put_table(cinfo, coding.numbers[i], coding.tables[i]);
    }
    return true;
}
