#include "opencl/build.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file/folder.h"
#include "base/file/outfile.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "opencl/sources.h"

enum { MOST_SOURCES = 3, MOST_BINARY = 64 << 20, OPTIONS = 128, TEXT = 256 };
enum { MOST_LOG = 1 << 20 };
enum { DIGITS = HASH_TEXT - 1, PIXELS_GPU = 16, PIXELS_CPU = 16384 };

typedef struct Recipe {
    const char *sources[MOST_SOURCES];
    int n_sources;
    char options[OPTIONS];
    char *file; /* owned: of the disk; NULL: nothing is kept */
} Recipe;

static const char *source_named(const char *name)
{
    const OpenClSource *source = opencl_sources;
    while (strcmp(source->name, name) != 0)
        source++;
    return source->text;
}

static const char *file_of(KernelName name)
{
    static const char *const files[KERNELS] = {
        [KERNEL_LUT_ONE] = "lut1d",       [KERNEL_LUT_CHANNELS] = "lut1d",
        [KERNEL_MATRIX_U8] = "matrix_u8", [KERNEL_MIXER] = "mixer",
        [KERNEL_LUT3D_U8] = "lut3d_u8",   [KERNEL_LUT3D_F32] = "lut3d_f32",
        [KERNEL_HALVE] = "halve",
    };
    return files[name];
}

static bool maps_pixels(KernelName name)
{
    return name >= KERNEL_MATRIX_U8 && name <= KERNEL_LUT3D_F32;
}

const char *build_function(KernelName name)
{
    return name == KERNEL_LUT_ONE        ? "lut_one"
           : name == KERNEL_LUT_CHANNELS ? "lut_channels"
           : name == KERNEL_HALVE        ? "halve"
                                         : "map_pixels";
}

int build_pixels(const OpenCl *opencl, KernelName name)
{
    if (opencl->device.type & CL_DEVICE_TYPE_CPU)
        return PIXELS_CPU;
    return name == KERNEL_HALVE ? 1 : PIXELS_GPU;
}

/* The place on the disk. */

/* New; NULL: nowhere. */
static char *cache_folder(void)
{
    char *folder = path_own(PATH_CACHE, "opencl");
    if (!folder || folder_make_own(folder, NULL))
        return folder;
    mem_free(folder);
    return NULL;
}

static char *cache_file(const OpenCl *opencl, const Recipe *recipe)
{
    static const cl_device_info facts[] = {CL_DEVICE_NAME, CL_DEVICE_VENDOR,
                                           CL_DEVICE_VERSION, CL_DRIVER_VERSION};
    char text[TEXT], digits[HASH_TEXT];
    char *folder = cache_folder();
    if (!folder)
        return NULL;
    Hash *hash = hash_new();
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        device_text(opencl->cl, opencl->device.id, facts[i], text, sizeof text);
        hash_add_text(hash, text);
    }
    hash_add_text(hash, opencl->device.about.driver);
    for (int i = 0; i < recipe->n_sources; i++)
        hash_add_text(hash, recipe->sources[i]);
    hash_add_text(hash, recipe->options);
    hash_finish(hash, digits);
    char *file = mem_printf("%s/%s", folder, digits);
    mem_free(folder);
    return file;
}

static void hash_bytes(const void *bytes, size_t size, char digits[HASH_TEXT])
{
    Hash *hash = hash_new();
    hash_add(hash, bytes, size);
    hash_finish(hash, digits);
}

/* The digits of its bytes stand in front of a binary. New; NULL: there is none. */
static unsigned char *load_binary(const char *path, size_t *size)
{
    char digits[HASH_TEXT], wanted[HASH_TEXT] = "";
    unsigned char *bytes = NULL;
    FILE *file = path ? fopen(path, "rbe") : NULL;
    if (!file)
        return NULL;
    struct stat about;
    if (fstat(fileno(file), &about) == 0 && about.st_size > DIGITS &&
        about.st_size < MOST_BINARY)
        bytes = mem_alloc((size_t)about.st_size, NULL);
    *size = bytes ? (size_t)about.st_size - DIGITS : 0;
    bool whole = bytes && fread(wanted, 1, DIGITS, file) == DIGITS &&
                 fread(bytes, 1, *size, file) == *size;
    fclose(file);
    if (whole)
        hash_bytes(bytes, *size, digits);
    if (whole && strcmp(digits, wanted) == 0)
        return bytes;
    mem_free(bytes);
    return NULL;
}

static bool save_binary(const char *path, const void *bytes, size_t size, Err *err)
{
    char digits[HASH_TEXT];
    OutfileRules rules = {.overwrite = true};
    Outfile *out = outfile_open(path, &rules, err);
    if (!out)
        return false;
    hash_bytes(bytes, size, digits);
    fwrite(digits, 1, DIGITS, outfile_file(out));
    fwrite(bytes, 1, size, outfile_file(out));
    if (outfile_flush(out, err))
        return outfile_commit(out, err);
    outfile_abort(out);
    return false;
}

/* What cannot be kept is compiled again. */
static void keep_binary(const OpenCl *opencl, cl_program program, const char *path)
{
    Err why = {0};
    size_t size = 0;
    const OpenClLibrary *cl = opencl->cl;
    if (!path || !CALL(cl, &why, clGetProgramInfo, program, CL_PROGRAM_BINARY_SIZES,
                       sizeof size, &size, NULL))
        return;
    unsigned char *bytes = size && size < MOST_BINARY ? mem_alloc(size, NULL) : NULL;
    if (!bytes)
        return;
    if (CALL(cl, &why, clGetProgramInfo, program, CL_PROGRAM_BINARIES, sizeof bytes,
             &bytes, NULL))
        save_binary(path, bytes, size, &why);
    mem_free(bytes);
    if (why.text[0])
        log_debug("the compiled kernel is not kept: %s", why.text);
}

/* Compiling. */

static bool build(const OpenCl *opencl, cl_program program, const Recipe *recipe,
                  Err *err)
{
    const OpenClLibrary *cl = opencl->cl;
    Err why;
    if (CALL(cl, &why, clBuildProgram, program, 1, &opencl->device.id, recipe->options,
             NULL, NULL))
        return true;
    char *log = mem_new(MOST_LOG, 1); /* a driver refuses one that is too small */
    cl->clGetProgramBuildInfo(program, opencl->device.id, CL_PROGRAM_BUILD_LOG,
                              MOST_LOG - 1, log, NULL);
    log[strcspn(log, "\r\n")] = '\0';
    err_set(err, ERR_ENV, "%s%s%s", why.text, *log ? ": " : "", log);
    mem_free(log);
    return false;
}

/* NULL: it is not there, or the driver refuses it. */
static cl_program from_disk(const OpenCl *opencl, const Recipe *recipe)
{
    size_t size;
    cl_int status, code;
    unsigned char *bytes = load_binary(recipe->file, &size);
    if (!bytes)
        return NULL;
    const OpenClLibrary *cl = opencl->cl;
    const unsigned char *binary = bytes;
    cl_program program = cl->clCreateProgramWithBinary(
        opencl->context, 1, &opencl->device.id, &size, &binary, &status, &code);
    mem_free(bytes);
    if (code != CL_SUCCESS)
        return NULL;
    if (build(opencl, program, recipe, NULL))
        return program;
    cl->clReleaseProgram(program);
    return NULL;
}

static cl_program from_source(const OpenCl *opencl, const Recipe *recipe, Err *err)
{
    cl_int code;
    const OpenClLibrary *cl = opencl->cl;
    const char *sources[MOST_SOURCES];
    memcpy(sources, recipe->sources, sizeof sources);
    cl_program program = cl->clCreateProgramWithSource(
        opencl->context, (cl_uint)recipe->n_sources, sources, NULL, &code);
    if (!call_check(code, "clCreateProgramWithSource", err))
        return NULL;
    if (build(opencl, program, recipe, err)) {
        keep_binary(opencl, program, recipe->file);
        return program;
    }
    cl->clReleaseProgram(program);
    return NULL;
}

cl_program build_kernel(const OpenCl *opencl, KernelKey key, Err *err)
{
    Recipe recipe = {.sources = {source_named("samples"),
                                 source_named(file_of(key.name)),
                                 source_named("pixels")},
                     .n_sources = maps_pixels(key.name) ? 3 : 2};
    snprintf(recipe.options, sizeof recipe.options,
             "-DDEPTH=%d -DIN=%d -DOUT=%d -DPER=%d -DCPU=%d", key.depth, key.in,
             key.out, build_pixels(opencl, key.name),
             (opencl->device.type & CL_DEVICE_TYPE_CPU) != 0);
    recipe.file = cache_file(opencl, &recipe);
    cl_program program = from_disk(opencl, &recipe);
    if (!program)
        program = from_source(opencl, &recipe, err);
    mem_free(recipe.file);
    return program;
}
