/*
 * arena.h - memory that lives as long as a job.
 *
 * A job (reading a study, deriving it, writing a report) owns one arena; nothing allocated from it is freed singly,
 * and oa_arena_free() releases all of it, after running what was registered with oa_arena_defer() in reverse order.
 *
 * Allocation never returns NULL.  When memory is out, or the arena's allowance is used up, control leaves the running
 * oa_arena_run() call, which returns false: code inside a job need not check each allocation (docs/decisions/0002).
 * A callback that a foreign library calls must wrap its body in an oa_arena_run() of its own.
 */
#ifndef OA_ARENA_H
#define OA_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct oa_arena oa_arena;

/* NULL when memory is out.  `limit`: bytes that may be allocated in all; 0 means no limit but the machine's. */
oa_arena *oa_arena_new(size_t limit);
void oa_arena_free(oa_arena *arena);

/* Calls job(context); false when memory ran out within it.  Calls may nest. */
bool oa_arena_run(oa_arena *arena, void (*job)(void *context), void *context);

/* Zeroed memory for `count` items of `size` bytes, aligned for any type.  count * size may be 0. */
void *oa_alloc(oa_arena *arena, size_t count, size_t size);
#define OA_NEW(arena, type)              ((type *)oa_alloc((arena), 1, sizeof(type)))
#define OA_NEW_ARRAY(arena, type, count) ((type *)oa_alloc((arena), (count), sizeof(type)))

/* Grows an array got from oa_alloc()/oa_regrow() from `old_count` to `new_count` items; new items are zero.  Large
 * arrays are moved by realloc, so doubling does not leave the halves behind. */
void *oa_regrow(oa_arena *arena, void *array, size_t old_count, size_t new_count, size_t size);

char *oa_strndup(oa_arena *arena, const char *text, size_t length);
char *oa_strdup(oa_arena *arena, const char *text);
char *oa_printf(oa_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Runs release(resource) when the arena is freed: for handles of foreign libraries.  Where memory is out, runs it at once
 * before it leaves the job. */
void oa_arena_defer(oa_arena *arena, void (*release)(void *resource), void *resource);

/* For tests: the `nth` allocation from now on (1 = the next) fails once.  0 switches it off. */
void oa_arena_fail_at(oa_arena *arena, size_t nth);
size_t oa_arena_used(const oa_arena *arena);

#endif
