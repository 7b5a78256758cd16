/* digest.c - see digest.h. */
#include "digest.h"

#include <pthread.h>
#include <sodium.h>

/* Bytes from which a thread costs less than it saves: they take 0.2 ms. */
enum { WORTH_A_THREAD = 64 * 1024 };

struct oa_digest {
    const unsigned char *bytes;
    size_t length;
    pthread_t thread;
    bool running; /* the thread, and nobody has waited for it */
    unsigned char hash[crypto_hash_sha256_BYTES];
};

static void *run(void *context) {
    oa_digest *digest = context;
    crypto_hash_sha256(digest->hash, digest->bytes, digest->length);
    return NULL;
}

static void join(void *context) {
    oa_digest *digest = context;
    if (digest->running) {
        pthread_join(digest->thread, NULL);
        digest->running = false;
    }
}

oa_digest *oa_digest_start(oa_arena *arena, const char *bytes, size_t length) {
    oa_digest *digest = OA_NEW(arena, oa_digest);
    digest->bytes = (const unsigned char *)bytes;
    digest->length = length;
    if (length >= WORTH_A_THREAD) {
        oa_arena_defer(arena, join, digest); /* the job may be left before it asks for the text */
        digest->running = pthread_create(&digest->thread, NULL, run, digest) == 0;
    }
    if (!digest->running) {
        run(digest);
    }
    return digest;
}

char *oa_digest_text(oa_arena *arena, oa_digest *digest) {
    join(digest);
    char *text = oa_alloc(arena, sizeof digest->hash * 2 + 1, 1);
    return sodium_bin2hex(text, sizeof digest->hash * 2 + 1, digest->hash, sizeof digest->hash);
}

char *oa_sha256(oa_arena *arena, const char *bytes, size_t length) {
    oa_digest digest = {.bytes = (const unsigned char *)bytes, .length = length};
    run(&digest);
    return oa_digest_text(arena, &digest);
}
