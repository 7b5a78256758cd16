/*
 * arena.c - chunks for small things, blocks of their own for large ones.
 *
 * Small allocations are cut from chunks of 64 KiB.  Anything of 16 KiB or more is a block of its own in a doubly linked
 * list, so that oa_regrow() can hand it to realloc.  Under AddressSanitizer each allocation is a block of its own, so
 * that the sanitizer sees its bounds.
 */
#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SMALL_LIMIT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SMALL_LIMIT 1
#endif
#endif
#ifndef SMALL_LIMIT
#define SMALL_LIMIT (16 * 1024)
#endif

enum { CHUNK_SIZE = 64 * 1024, ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
} chunk;

typedef struct block {
    struct block *previous;
    struct block *next;
    _Alignas(ALIGNMENT) unsigned char bytes[];
} block;

typedef struct deferred {
    struct deferred *next;
    void (*release)(void *resource);
    void *resource;
} deferred;

typedef struct boundary {
    struct boundary *outer;
    jmp_buf jump;
} boundary;

struct oa_arena {
    chunk *chunks;
    block *blocks;
    deferred *deferred;
    boundary *boundary; /* of the innermost running oa_arena_run() */
    size_t limit;
    size_t used;
    size_t fail_at;
};

oa_arena *oa_arena_new(size_t limit) {
    oa_arena *arena = calloc(1, sizeof *arena);
    if (arena) {
        arena->limit = limit ? limit : SIZE_MAX;
    }
    return arena;
}

void oa_arena_free(oa_arena *arena) {
    if (!arena) {
        return;
    }
    for (deferred *d = arena->deferred; d; d = d->next) {
        d->release(d->resource);
    }
    for (block *b = arena->blocks; b;) {
        block *next = b->next;
        free(b);
        b = next;
    }
    for (chunk *c = arena->chunks; c;) {
        chunk *next = c->next;
        free(c);
        c = next;
    }
    free(arena);
}

bool oa_arena_run(oa_arena *arena, void (*job)(void *context), void *context) {
    boundary here = {.outer = arena->boundary};
    arena->boundary = &here;
    bool finished = false;
    if (setjmp(here.jump) == 0) {
        job(context);
        finished = true;
    }
    arena->boundary = here.outer;
    return finished;
}

static _Noreturn void out_of_memory(oa_arena *arena) {
    if (arena->boundary) {
        longjmp(arena->boundary->jump, 1);
    }
    /* An allocation outside any job: a mistake in onearm itself, which no caller could handle. */
    fputs("onearm: allocation outside of a job\n", stderr);
    abort();
}

/* Books `size` bytes or leaves the job. */
static void account(oa_arena *arena, size_t size) {
    bool fail = arena->fail_at && --arena->fail_at == 0;
    if (fail || size > arena->limit - arena->used) {
        out_of_memory(arena);
    }
    arena->used += size;
}

static void *block_link(oa_arena *arena, block *b) {
    b->previous = NULL;
    b->next = arena->blocks;
    if (b->next) {
        b->next->previous = b;
    }
    arena->blocks = b;
    return b->bytes;
}

static void *block_new(oa_arena *arena, size_t size) {
    block *b = calloc(1, sizeof *b + size);
    if (!b) {
        out_of_memory(arena);
    }
    return block_link(arena, b);
}

static void *cut_from_chunk(oa_arena *arena, size_t size) {
    chunk *c = arena->chunks;
    if (!c || size > CHUNK_SIZE - c->used) {
        c = calloc(1, sizeof *c + CHUNK_SIZE);
        if (!c) {
            out_of_memory(arena);
        }
        c->next = arena->chunks;
        arena->chunks = c;
    }
    void *place = c->bytes + c->used;
    c->used += size;
    return place;
}

/* The bytes that `count` items take, rounded up so that what follows is aligned; leaves the job on overflow. */
static size_t bytes_of(oa_arena *arena, size_t count, size_t size) {
    if (size && count > (SIZE_MAX / 2 - ALIGNMENT) / size) {
        out_of_memory(arena);
    }
    size_t bytes = count * size;
    return bytes ? (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
}

void *oa_alloc(oa_arena *arena, size_t count, size_t size) {
    size_t bytes = bytes_of(arena, count, size);
    account(arena, bytes);
    return bytes < SMALL_LIMIT ? cut_from_chunk(arena, bytes) : block_new(arena, bytes);
}

void *oa_regrow(oa_arena *arena, void *array, size_t old_count, size_t new_count, size_t size) {
    size_t old_bytes = bytes_of(arena, old_count, size);
    size_t new_bytes = bytes_of(arena, new_count, size);
    if (!array || old_bytes < SMALL_LIMIT) {
        void *grown = oa_alloc(arena, new_count, size);
        if (array) {
            memcpy(grown, array, old_count * size);
        }
        return grown;
    }
    account(arena, new_bytes - old_bytes);
    block *b = (block *)(void *)((unsigned char *)array - offsetof(block, bytes));
    block *previous = b->previous;
    block *next = b->next;
    block *moved = realloc(b, sizeof *b + new_bytes);
    if (!moved) {
        out_of_memory(arena);
    }
    memset(moved->bytes + old_count * size, 0, new_bytes - old_count * size);
    *(previous ? &previous->next : &arena->blocks) = moved;
    if (next) {
        next->previous = moved;
    }
    return moved->bytes;
}

char *oa_strndup(oa_arena *arena, const char *text, size_t length) {
    char *copy = oa_alloc(arena, length + 1, 1);
    if (length) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *oa_strdup(oa_arena *arena, const char *text) {
    return oa_strndup(arena, text, strlen(text));
}

char *oa_printf(oa_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = oa_alloc(arena, (size_t)length + 1, 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

typedef struct defer_job {
    oa_arena *arena;
    deferred *made;
} defer_job;

static void make_deferred(void *context) {
    defer_job *job = context;
    job->made = OA_NEW(job->arena, deferred);
}

void oa_arena_defer(oa_arena *arena, void (*release)(void *resource), void *resource) {
    defer_job job = {.arena = arena};
    if (!oa_arena_run(arena, make_deferred, &job)) {
        release(resource); /* nobody would know of it any more */
        out_of_memory(arena);
    }
    deferred *d = job.made;
    *d = (deferred){.next = arena->deferred, .release = release, .resource = resource};
    arena->deferred = d;
}

void oa_arena_fail_at(oa_arena *arena, size_t nth) {
    arena->fail_at = nth;
}

size_t oa_arena_used(const oa_arena *arena) {
    return arena->used;
}
