#include "image/codec/unsupported.h"

#include <string.h>
#include <strings.h>

#include "base/path.h"

static const char DEVELOP[] =
    "develop it into a TIFF file first, e.g. with darktable or RawTherapee";
static const char SAVE_AS[] = "save it as TIFF or PNG first";
static const char STILL[] = "take a picture out of it first, e.g. with ffmpeg";
static const char CONVERT_HEIF[] = "convert it first, e.g. with heif-convert";

enum {
    HEIC,
    AVIF,
    JXL,
    JPEG_2000,
    VIDEO,
    PHOTOSHOP,
    GIMP,
    HIGH_RANGE,
    PAGES,
    DRAWING,
    ICON,
    HTML,
    ARCHIVE,
    LFS,
    OTHER,
    CR2,
    CR3,
    NEF,
    ARW,
    RW2,
    ORF,
    RAF,
    PEF,
    SRW,
    HASSELBLAD,
    X3F,
    MRW,
    KODAK,
    IIQ,
    ERF,
    MEF,
    MOS,
    DNG,
    RAW,
};

static const Unsupported kinds[] = {
    [HEIC] = {"a HEIC picture", CONVERT_HEIF, "heic heif hif "},
    [AVIF] = {"an AVIF picture", "convert it first, e.g. with avifdec", "avif "},
    [JXL] = {"a JPEG XL picture", "convert it first, e.g. with djxl", "jxl "},
    [JPEG_2000] = {"a JPEG 2000 picture", "convert it first, e.g. with opj_decompress",
                   "jp2 j2k jpf jpx j2c "},
    [VIDEO] = {"a video", STILL, "mp4 mov m4v avi mkv webm 3gp "},
    [PHOTOSHOP] = {"a Photoshop document", SAVE_AS, "psd psb "},
    [GIMP] = {"a GIMP document", SAVE_AS, "xcf "},
    [HIGH_RANGE] = {"a high dynamic range picture (EXR, HDR or PFM)",
                    "map its tones into a TIFF file of 16 bits first", "exr hdr pfm "},
    [PAGES] = {"a document of pages (PDF, PostScript or DjVu)",
               "make pictures of its pages first, e.g. with pdftoppm",
               "pdf ps eps djvu "},
    [DRAWING] = {"an SVG drawing",
                 "draw it into a PNG file first, e.g. with rsvg-convert", "svg svgz "},
    [ICON] = {"an icon (ICNS)", SAVE_AS, "icns "},
    [HTML] = {"a web page", "see whether it was downloaded as it should", ""},
    [ARCHIVE] = {"an archive", "unpack it first", ""},
    [LFS] = {"a Git LFS pointer", "fetch the file itself with git lfs pull", ""},
    [OTHER] = {"a picture of a kind that lutist does not know", SAVE_AS,
               "dds fits jng mng sgi ras flif bpg iff wmf emf "},
    [CR2] = {"a camera's raw file (Canon CR2 or CRW)", DEVELOP, "cr2 crw "},
    [CR3] = {"a camera's raw file (Canon CR3)", DEVELOP, "cr3 "},
    [NEF] = {"a camera's raw file (Nikon NEF)", DEVELOP, "nef nrw "},
    [ARW] = {"a camera's raw file (Sony ARW)", DEVELOP, "arw sr2 srf "},
    [RW2] = {"a camera's raw file (Panasonic or Leica RW2)", DEVELOP, "rw2 rwl raw "},
    [ORF] = {"a camera's raw file (Olympus ORF)", DEVELOP, "orf "},
    [RAF] = {"a camera's raw file (Fujifilm RAF)", DEVELOP, "raf "},
    [PEF] = {"a camera's raw file (Pentax PEF)", DEVELOP, "pef "},
    [SRW] = {"a camera's raw file (Samsung SRW)", DEVELOP, "srw "},
    [HASSELBLAD] = {"a camera's raw file (Hasselblad 3FR)", DEVELOP, "3fr fff "},
    [X3F] = {"a camera's raw file (Sigma X3F)", DEVELOP, "x3f "},
    [MRW] = {"a camera's raw file (Minolta MRW)", DEVELOP, "mrw "},
    [KODAK] = {"a camera's raw file (Kodak DCR or KDC)", DEVELOP, "dcr kdc "},
    [IIQ] = {"a camera's raw file (Phase One IIQ)", DEVELOP, "iiq "},
    [ERF] = {"a camera's raw file (Epson ERF)", DEVELOP, "erf "},
    [MEF] = {"a camera's raw file (Mamiya MEF)", DEVELOP, "mef "},
    [MOS] = {"a camera's raw file (Leaf MOS)", DEVELOP, "mos "},
    [DNG] = {"a camera's raw file (DNG)", DEVELOP, "dng "},
    [RAW] = {"a camera's raw file", DEVELOP, ""},
};

typedef struct Mark {
    uint8_t kind, at, size; /* which of `kinds`; where in the head; bytes */
    const char *bytes;
} Mark;

#define MARK(kind, at, bytes)                                                          \
    {                                                                                  \
        kind, at, sizeof bytes - 1, bytes                                              \
    }

/* The first that fits counts. */
static const Mark marks[] = {
    MARK(AVIF, 4, "ftypavif"),
    MARK(AVIF, 4, "ftypavis"),
    MARK(HEIC, 4, "ftyphe"), /* heic, heix, heim, heis, hevc, hevx, hevm, hevs */
    MARK(HEIC, 4, "ftypmif1"),
    MARK(HEIC, 4, "ftypmsf1"),
    MARK(CR3, 4, "ftypcrx "),
    MARK(VIDEO, 4, "ftyp"),
    MARK(VIDEO, 4, "moov"),
    MARK(VIDEO, 4, "mdat"),
    MARK(VIDEO, 8, "AVI LIST"),
    MARK(VIDEO, 0, "\x1A\x45\xDF\xA3"),
    MARK(JXL, 0, "\xFF\x0A"),
    MARK(JXL, 0, "\0\0\0\x0CJXL \r\n\x87\n"),
    MARK(JPEG_2000, 0, "\0\0\0\x0CjP  \r\n\x87\n"),
    MARK(JPEG_2000, 0, "\xFF\x4F\xFF\x51"),
    MARK(PHOTOSHOP, 0, "8BPS\0"),
    MARK(GIMP, 0, "gimp xcf "),
    MARK(HIGH_RANGE, 0, "\x76\x2F\x31\x01"),
    MARK(HIGH_RANGE, 0, "#?RADIANCE"),
    MARK(HIGH_RANGE, 0, "#?RGBE"),
    MARK(HIGH_RANGE, 0, "PF\n"),
    MARK(HIGH_RANGE, 0, "Pf\n"),
    MARK(PAGES, 0, "%PDF-"),
    MARK(PAGES, 0, "%!PS"),
    MARK(PAGES, 0, "\xC5\xD0\xD3\xC6"),
    MARK(PAGES, 0, "AT&TFORM"),
    MARK(DRAWING, 0, "<svg"),
    MARK(ICON, 0, "icns"),
    MARK(ARCHIVE, 0, "PK\3\4"),
    MARK(ARCHIVE, 0, "\x1F\x8B\x08"),
    MARK(ARCHIVE, 0, "7z\xBC\xAF\x27\x1C"),
    MARK(ARCHIVE, 0, "Rar!\x1A\x07"),
    MARK(LFS, 0, "version https://git-lfs"),
    MARK(CR2, 8, "CR\2"),
    MARK(CR2, 6, "HEAPCCDR"),
    MARK(IIQ, 8, "IIII"),
    MARK(IIQ, 8, "MMMM"),
    MARK(RW2, 0, "IIU\0"),
    MARK(ORF, 0, "IIRO"),
    MARK(ORF, 0, "IIRS"),
    MARK(ORF, 0, "MMOR"),
    MARK(RAF, 0, "FUJIFILMCCD-RAW"),
    MARK(X3F, 0, "FOVb"),
    MARK(MRW, 0, "\0MRM"),
    MARK(OTHER, 0, "DDS "),
    MARK(OTHER, 0, "SIMPLE  ="),
    MARK(OTHER, 0, "\x8AMNG"),
    MARK(OTHER, 0, "\x8BJNG"),
    MARK(OTHER, 0, "\x59\xA6\x6A\x95"),
    MARK(OTHER, 0, "FLIF"),
    MARK(OTHER, 0, "BPG\xFB"),
};

static bool has(const uint8_t *head, size_t size, const char *word)
{
    return memmem(head, size, word, strlen(word)) != NULL;
}

/* A picture for several decoders lists their brands behind the first one. */
static bool is_avif_too(const Unsupported *kind, const uint8_t *head, size_t size)
{
    return kind == &kinds[HEIC] && has(head, size < 64 ? size : 64, "avif");
}

/* Declarations and comments may stand before the first element. */
static const Unsupported *by_element(const uint8_t *head, size_t size)
{
    if (size < 1 || head[0] != '<')
        return NULL;
    if (has(head, size, "<svg"))
        return &kinds[DRAWING];
    return has(head, size, "<html") || has(head, size, "<HTML") ||
                   has(head, size, "<!DOCTYPE html") ||
                   has(head, size, "<!doctype html")
               ? &kinds[HTML]
               : NULL;
}

const Unsupported *unsupported_by_head(const uint8_t *head, size_t size)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const Mark *mark = &marks[i];
        if (size < (size_t)mark->at + mark->size ||
            memcmp(head + mark->at, mark->bytes, mark->size) != 0)
            continue;
        const Unsupported *kind = &kinds[mark->kind];
        return is_avif_too(kind, head, size) ? &kinds[AVIF] : kind;
    }
    return by_element(head, size);
}

bool unsupported_is_raw(const Unsupported *kind)
{
    return kind && kind >= &kinds[CR2];
}

static bool has_extension(const Unsupported *kind, const char *ext)
{
    size_t length = strlen(ext);
    for (const char *at = kind->extensions, *end; (end = strchr(at, ' ')); at = end + 1)
        if ((size_t)(end - at) == length && strncasecmp(at, ext, length) == 0)
            return true;
    return false;
}

const Unsupported *unsupported_by_path(const char *path)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (has_extension(&kinds[i], path_ext(path)))
            return &kinds[i];
    return NULL;
}

const Unsupported *unsupported_by_maker(const char *maker)
{
    static const struct {
        const char *maker;
        int kind;
    } makers[] = {
        {"nikon", NEF},
        {"sony", ARW},
        {"pentax", PEF},
        {"ricoh", PEF},
        {"samsung", SRW},
        {"canon", CR2},
        {"hasselblad", HASSELBLAD},
        {"kodak", KODAK},
        {"eastman", KODAK},
        {"phase one", IIQ},
        {"seiko epson", ERF},
        {"epson", ERF},
        {"mamiya", MEF},
        {"leaf", MOS},
        {"olympus", ORF},
        {"om digital", ORF},
        {"panasonic", RW2},
        {"dng", DNG},
    };
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
        if (strncasecmp(maker, makers[i].maker, strlen(makers[i].maker)) == 0)
            return &kinds[makers[i].kind];
    return &kinds[RAW];
}
