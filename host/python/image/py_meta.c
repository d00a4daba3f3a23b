#include "python/image/py_meta.h"

#include <math.h>
#include <string.h>

#include "image/codec/bytes.h"
#include "image/png/png_chunk.h"

static const struct {
    const char *name;
    size_t offset;
} BLOCKS[] = {
    {"exif", offsetof(Meta, exif)},       {"icc", offsetof(Meta, icc)},
    {"xmp", offsetof(Meta, xmp)},         {"iptc", offsetof(Meta, iptc)},
    {"png_texts", offsetof(Meta, texts)}, {"geotiff", offsetof(Meta, geo)},
};
enum { N_BLOCKS = sizeof BLOCKS / sizeof *BLOCKS, CHROMA = 8 };

static const double FIXED = 100000; /* PNG's fixed point numbers */

static Block *block_of(const Meta *meta, int index)
{
    return (Block *)((char *)meta + BLOCKS[index].offset);
}

/* Takes the value; false: exception set. */
static bool put(PyObject *dict, const char *name, PyObject *value)
{
    bool good = value && PyDict_SetItemString(dict, name, value) == 0;
    Py_XDECREF(value);
    return good;
}

static PyObject *chroma_tuple(const Meta *meta)
{
    PyObject *tuple = PyTuple_New(CHROMA);
    for (int i = 0; tuple && i < CHROMA; i++) {
        PyObject *number = PyFloat_FromDouble(meta->chroma[i] / FIXED);
        if (!number)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, number);
    }
    return tuple;
}

static PyObject *bytes_of(const Block *block)
{
    return PyBytes_FromStringAndSize((char *)block->data, (Py_ssize_t)block->size);
}

static PyObject *comments_tuple(Block rest)
{
    Block comment;
    PyObject *list = PyList_New(0);
    while (list && meta_next_comment(&rest, &comment)) {
        PyObject *bytes = bytes_of(&comment);
        if (!bytes || PyList_Append(list, bytes) < 0)
            Py_CLEAR(list);
        Py_XDECREF(bytes);
    }
    PyObject *tuple = list ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return tuple;
}

static bool fill_blocks(PyObject *dict, const Meta *meta)
{
    for (int i = 0; i < N_BLOCKS; i++) {
        const Block *block = block_of(meta, i);
        if (block->data && !put(dict, BLOCKS[i].name, bytes_of(block)))
            return false;
    }
    return (!meta->comments.size ||
            put(dict, "comments", comments_tuple(meta->comments))) &&
           (!meta->geo.data ||
            put(dict, "geotiff_size",
                Py_BuildValue("(ii)", meta->geo_width, meta->geo_height)));
}

static bool has_chroma(const Meta *meta)
{
    static const int32_t none[CHROMA] = {0};
    return memcmp(meta->chroma, none, sizeof none) != 0;
}

static bool fill(PyObject *dict, const Meta *meta)
{
    const uint8_t *cicp = meta->cicp;
    const Permissions *access = &meta->access;
    return fill_blocks(dict, meta) &&
           (!meta->exif.data ||
            put(dict, "orientation", PyLong_FromLong(meta_orientation(meta)))) &&
           (!(meta->dpi > 0) || put(dict, "dpi", PyFloat_FromDouble(meta->dpi))) &&
           (!meta->srgb_intent ||
            put(dict, "srgb_intent", PyLong_FromLong(meta->srgb_intent - 1))) &&
           (!meta->gamma ||
            put(dict, "gamma", PyFloat_FromDouble(meta->gamma / FIXED))) &&
           (!has_chroma(meta) || put(dict, "chromaticities", chroma_tuple(meta))) &&
           (!cicp[0] ||
            put(dict, "cicp",
                Py_BuildValue("(iiii)", cicp[0], cicp[1], cicp[2], cicp[3]))) &&
           (!access->mode ||
            put(dict, "access",
                Py_BuildValue("(IIi)", access->mode, access->group, access->listed)));
}

PyObject *py_meta_dict(const Meta *meta)
{
    ASSERT_GIL();
    PyObject *dict = PyDict_New();
    if (dict && meta && !fill(dict, meta))
        Py_CLEAR(dict);
    return dict;
}

static bool refuse(const char *name, const char *wanted, PyObject *value)
{
    PyErr_Format(PyExc_TypeError, "metadata: %s is %s, not %.100s", name, wanted,
                 Py_TYPE(value)->tp_name);
    return false;
}

static bool read_block(Block *block, PyObject *value, const char *name)
{
    Py_buffer view;
    if (!PyObject_CheckBuffer(value))
        return refuse(name, "bytes", value);
    if (PyObject_GetBuffer(value, &view, PyBUF_SIMPLE) < 0)
        return false;
    bool good = view.len == 0 || meta_set(block, view.buf, (size_t)view.len, NULL);
    PyBuffer_Release(&view);
    if (!good)
        PyErr_NoMemory();
    return good;
}

static bool read_number(double *number, PyObject *value, const char *name, double most)
{
    double read = PyFloat_AsDouble(value);
    if (PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_TypeError))
        return refuse(name, "a number", value);
    if (PyErr_Occurred())
        return false;
    if (!(read >= 0 && read <= most)) {
        PyErr_Format(PyExc_ValueError, "metadata: %s is outside its range: %R", name,
                     value);
        return false;
    }
    *number = read;
    return true;
}

static bool read_chroma(Meta *meta, PyObject *value)
{
    double v[CHROMA];
    if (!PyArg_ParseTuple(value, "dddddddd;metadata: chromaticities are eight numbers",
                          &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7]))
        return false;
    for (int i = 0; i < CHROMA; i++) {
        if (!(v[i] >= 0 && v[i] <= 10)) {
            PyErr_SetString(PyExc_ValueError,
                            "metadata: chromaticities are outside their range");
            return false;
        }
        meta->chroma[i] = (int32_t)lround(v[i] * FIXED);
    }
    return true;
}

static bool read_cicp(Meta *meta, PyObject *value)
{
    return PyArg_ParseTuple(value, "bbbb;metadata: cicp is four bytes", &meta->cicp[0],
                            &meta->cicp[1], &meta->cicp[2], &meta->cicp[3]);
}

static bool read_geotiff_size(Meta *meta, PyObject *value)
{
    return PyArg_ParseTuple(value, "ii;metadata: geotiff_size is (width, height)",
                            &meta->geo_width, &meta->geo_height);
}

static bool read_comments(Meta *meta, PyObject *value)
{
    bool good = true;
    for (Py_ssize_t i = 0; good && i < PyTuple_GET_SIZE(value); i++) {
        Block comment = {0};
        good = read_block(&comment, PyTuple_GET_ITEM(value, i), "a comment");
        if (good &&
            !meta_add_comment(&meta->comments, comment.data, comment.size, NULL)) {
            PyErr_NoMemory();
            good = false;
        }
        meta_drop(&comment);
    }
    return good;
}

static bool read_access(Meta *meta, PyObject *value)
{
    unsigned mode, group;
    int listed;
    if (!PyArg_ParseTuple(value, "IIp;metadata: access", &mode, &group, &listed))
        return false;
    meta->access = (Permissions){.mode = mode, .group = group, .listed = listed};
    return true;
}

/* Bytes of the whole chunk of text that the block begins with; 0: it does not. */
static size_t text_size(Block block)
{
    static const char *const kinds[] = {"tEXt", "zTXt", "iTXt"};
    if (block.size < PNG_CHUNK_FRAME)
        return 0;
    size_t size = be32(block.data) + (size_t)PNG_CHUNK_FRAME;
    for (int i = 0; i < 3; i++)
        if (size <= block.size && memcmp(block.data + 4, kinds[i], 4) == 0)
            return size;
    return 0;
}

/* A writer takes their sizes on trust. */
static bool check_texts(Block texts)
{
    while (texts.size) {
        size_t size = text_size(texts);
        if (!size) {
            PyErr_SetString(PyExc_ValueError,
                            "metadata: png_texts are no chunks of text");
            return false;
        }
        texts.data += size;
        texts.size -= size;
    }
    return true;
}

static bool read_tuple(Meta *meta, const char *name, PyObject *value, bool *known)
{
    static const struct {
        const char *name;
        bool (*read)(Meta *meta, PyObject *value);
    } tuples[] = {{"chromaticities", read_chroma},
                  {"cicp", read_cicp},
                  {"comments", read_comments},
                  {"geotiff_size", read_geotiff_size},
                  {"access", read_access}};
    for (size_t i = 0; i < sizeof tuples / sizeof *tuples; i++) {
        if (strcmp(name, tuples[i].name) != 0)
            continue;
        *known = true;
        return PyTuple_Check(value) ? tuples[i].read(meta, value)
                                    : refuse(name, "a tuple", value);
    }
    *known = false;
    return false;
}

static bool read_item(Meta *meta, const char *name, PyObject *value)
{
    for (int i = 0; i < N_BLOCKS; i++)
        if (strcmp(name, BLOCKS[i].name) == 0)
            return read_block(block_of(meta, i), value, name) &&
                   check_texts(meta->texts);
    double number = 0;
    bool known, good = read_tuple(meta, name, value, &known);
    if (known)
        return good;
    if (strcmp(name, "dpi") == 0)
        return read_number(&meta->dpi, value, name, 1e9);
    if (strcmp(name, "orientation") == 0)
        return read_number(&number, value, name, 8); /* it is upright */
    if (strcmp(name, "srgb_intent") == 0) {
        good = read_number(&number, value, name, 3);
        meta->srgb_intent = 1 + (int)number;
    } else if (strcmp(name, "gamma") == 0) {
        good = read_number(&number, value, name, 1000);
        meta->gamma = (int32_t)lround(number * FIXED);
    } else {
        PyErr_Format(PyExc_ValueError, "metadata: nothing is called %s", name);
        return false;
    }
    return good;
}

/* The pairs of a mapping, a list of tuples. */
static bool read_pairs(Meta *meta, PyObject *pairs)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(pairs); i++) {
        const char *name;
        PyObject *value;
        PyObject *pair = PyList_GET_ITEM(pairs, i);
        if (!PyTuple_Check(pair))
            return refuse("an item", "a pair", pair);
        if (!PyArg_ParseTuple(pair, "sO;metadata: names are text", &name, &value) ||
            !read_item(meta, name, value))
            return false;
    }
    return true;
}

bool py_meta_read(PyObject *mapping, Meta **meta)
{
    ASSERT_GIL();
    PyObject *pairs =
        PyObject_HasAttrString(mapping, "items") ? PyMapping_Items(mapping) : NULL;
    if (!pairs)
        return PyErr_Occurred() ? false : refuse("it", "a mapping", mapping);
    Meta *read = meta_new();
    bool good = read_pairs(read, pairs);
    Py_DECREF(pairs);
    if (good && !meta_set_upright(read, NULL, NULL)) {
        PyErr_NoMemory();
        good = false;
    }
    if (!good) {
        meta_unref(&read);
        return false;
    }
    *meta = read;
    return true;
}
