#include "python/functions/py_file_info.h"

#include <string.h>

#include "base/mem.h"
#include "image/ifd/exif_facts.h"
#include "image/reader.h"
#include "python/errors/py_err.h"
#include "python/module/py_nogil.h"

enum { LEVELS = 256, REDUCED = 256 }; /* pixels of the longer side, at least */

typedef struct Asked {
    State *state;
    PyObject *path; /* owned bytes */
    ReadOptions options;
    Notes notes;
} Asked;

static bool parse(Asked *asked, PyObject *module, PyObject *args)
{
    unsigned long long most, metadata;
    *asked = (Asked){.state = PyModule_GetState(module)};
    if (!PyArg_ParseTuple(args, "O&KK", PyUnicode_FSConverter, &asked->path, &most,
                          &metadata))
        return false;
    asked->options = (ReadOptions){.max_pixels = most, .max_metadata = metadata};
    return true;
}

/* Call `read` without the GIL, again where a signal has ended it. False: exception
 * set. */
static bool without_gil(Asked *asked, bool (*read)(Reader *, void *, Err *), void *out)
{
    const char *path = PyBytes_AS_STRING(asked->path);
    bool fine = false;
    Err err = {0};
    do {
        NoGil nogil = py_nogil_begin(asked->state);
        asked->notes = (Notes){0};
        asked->options.notes = &asked->notes;
        asked->options.cancel = nogil.cancel;
        Reader *reader = reader_open(path, &asked->options, &err);
        fine = reader && read(reader, out, &err);
        reader_close(reader);
        py_nogil_end(&nogil);
    } while (!fine && py_nogil_retry(&err));
    if (!fine)
        py_err_raise_file(asked->state, &err, path);
    return fine;
}

typedef struct Facts {
    ImageInfo info;
    const char *format;
    ExifFacts exif;
} Facts;

static bool read_facts(Reader *reader, void *out, Err *err)
{
    Facts *facts = out;
    (void)err;
    facts->info = reader_info(reader);
    facts->format = reader_format(reader)->name;
    facts->exif = exif_facts(&reader_meta(reader)->exif);
    return true;
}

/* Cameras write texts in encodings of their own, and long ones are cut at a byte. */
static PyObject *text_of(const char *text)
{
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), "replace");
}

PyObject *py_file_info(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    Asked asked;
    Facts facts;
    PyObject *result = NULL;
    if (!parse(&asked, module, args))
        return NULL;
    if (without_gil(&asked, read_facts, &facts)) {
        const ExifFacts *exif = &facts.exif;
        result = Py_BuildValue(
            "(siiii{s:N,s:N,s:N,s:N,s:N,s:N,s:N})", facts.format, facts.info.width,
            facts.info.height, facts.info.channels, facts.info.depth, "camera",
            text_of(exif->camera), "lens", text_of(exif->lens), "exposure",
            text_of(exif->exposure), "aperture", text_of(exif->aperture), "iso",
            text_of(exif->iso), "focal", text_of(exif->focal), "date",
            text_of(exif->date));
    }
    Py_DECREF(asked.path);
    return result;
}

typedef struct Counts {
    int channels; /* without alpha */
    uint64_t of[3][LEVELS];
} Counts;

static void count_row(Counts *counts, const uint8_t *row, ImageInfo info)
{
    const uint16_t *deep = (const uint16_t *)(const void *)row;
    size_t step = (size_t)info.channels, n = step * (size_t)info.width;
    for (size_t i = 0; i < n; i += step)
        for (int c = 0; c < counts->channels; c++) {
            size_t at = i + (size_t)c;
            counts->of[c][info.depth == 8 ? row[at] : deep[at] >> 8]++;
        }
}

static bool read_counts(Reader *reader, void *out, Err *err)
{
    Counts *counts = out;
    reader_reduce(reader, REDUCED);
    ImageInfo info = reader_info(reader);
    *counts = (Counts){.channels = info.channels > 2 ? 3 : 1};
    uint8_t *row = mem_alloc(image_row_bytes(info), err);
    bool fine = row;
    for (int y = 0; y < info.height && fine; y++) {
        fine = reader_read(reader, row, image_row_bytes(info), 1, err);
        if (fine)
            count_row(counts, row, info);
    }
    mem_free(row);
    return fine;
}

static PyObject *list_of(const uint64_t *counts)
{
    PyObject *list = PyList_New(LEVELS);
    for (int i = 0; list && i < LEVELS; i++) {
        PyObject *number = PyLong_FromUnsignedLongLong(counts[i]);
        if (number)
            PyList_SET_ITEM(list, i, number);
        else
            Py_CLEAR(list);
    }
    return list;
}

PyObject *py_file_histogram(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    Asked asked;
    Counts counts;
    PyObject *result = NULL;
    if (!parse(&asked, module, args))
        return NULL;
    if (without_gil(&asked, read_counts, &counts))
        result = PyList_New(counts.channels);
    for (int c = 0; result && c < counts.channels; c++) {
        PyObject *list = list_of(counts.of[c]);
        if (list)
            PyList_SET_ITEM(result, c, list);
        else
            Py_CLEAR(result);
    }
    Py_DECREF(asked.path);
    return result;
}
