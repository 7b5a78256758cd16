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
/* Standard input to its end, in the same way; `name` stands for it in messages. */
char *oa_read_stdin(oa_arena *arena, const char *name, size_t max, size_t *length, oa_diag *diag);
bool oa_write_file(oa_arena *arena, const char *path, const char *bytes, size_t length, oa_diag *diag);
/*
 * The two halves of oa_write_file(), for files that must appear together: all are staged before the first takes its
 * place.  Staging writes a temporary file and returns its path, NULL on failure; one that does not take its place is
 * removed.
 */
char *oa_stage_file(oa_arena *arena, const char *path, const char *bytes, size_t length, oa_diag *diag);
bool oa_place_file(const char *staged, const char *path, oa_diag *diag);
void oa_unstage_file(const char *staged);
/* Makes a directory and its parents; an existing one is fine. */
bool oa_make_directory(oa_arena *arena, const char *path, oa_diag *diag);
/* How much of a path is there already, as a length of its text; for oa_unmake_directory(). */
size_t oa_existing_part(oa_arena *arena, const char *path);
/* Removes the directories that oa_make_directory() made behind the existing part, where they are empty. */
void oa_unmake_directory(oa_arena *arena, const char *path, size_t existing);
/* Says what is wrong where a path is no directory that is there. */
bool oa_need_directory(const char *path, oa_diag *diag);
/* The names in a directory, sorted bytewise, without "." and "..".  NULL on failure. */
char **oa_list_directory(oa_arena *arena, const char *path, size_t *count, oa_diag *diag);
char *oa_path_join(oa_arena *arena, const char *directory, const char *name);

#endif
