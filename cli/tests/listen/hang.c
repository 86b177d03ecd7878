/* A file system that hangs: whoever opens a file whose name ends in "hung.json" waits for ever. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

static int open_as(const char *name, const char *path, int flags, va_list more)
{
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
    const char *end = "hung.json";
    size_t length = strlen(path);
    while (length >= strlen(end) && !strcmp(path + length - strlen(end), end))
        pause();
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int file = open_as("open", path, flags, more);
    va_end(more);
    return file;
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int file = open_as("open64", path, flags, more);
    va_end(more);
    return file;
}
