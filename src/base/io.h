/*
 * io.h - whole files in, whole files out.  Nothing is ever half written: output goes to a temporary name beside its
 * place and is renamed.
 */
#ifndef OA_IO_H
#define OA_IO_H

#include "buf.h"

#include <onearm/diag.h>

/* Reads a file whole, NUL-terminated.  Files over `max` bytes, directories and devices are refused.  NULL on failure. */
char *oa_read_file(oa_arena *arena, const char *path, size_t max, size_t *length, oa_diag *diag);
bool oa_write_file(oa_arena *arena, const char *path, const char *bytes, size_t length, oa_diag *diag);
/* Makes a directory and its parents; an existing one is fine. */
bool oa_make_directory(oa_arena *arena, const char *path, oa_diag *diag);
/* The names in a directory, sorted bytewise, without "." and "..".  NULL on failure. */
char **oa_list_directory(oa_arena *arena, const char *path, size_t *count, oa_diag *diag);
char *oa_path_join(oa_arena *arena, const char *directory, const char *name);

#endif
