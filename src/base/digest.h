/*
 * digest.h - SHA-256, for provenance.  oa_digest_start() hashes beside the caller, who works on the same bytes: the
 * portable code of libsodium takes as long over a large file as reading its records does.
 */
#ifndef OA_DIGEST_H
#define OA_DIGEST_H

#include "arena.h"

typedef struct oa_digest oa_digest;

/* SHA-256 in hexadecimal. */
char *oa_sha256(oa_arena *arena, const char *bytes, size_t length);

/* Begins to hash bytes[0..length), which belong to the arena and are not changed before oa_digest_text() has returned.
 * Large inputs are hashed in a thread that uses nothing but these bytes; freeing the arena waits for it. */
oa_digest *oa_digest_start(oa_arena *arena, const char *bytes, size_t length);
/* Waits for the hash; its text is that of oa_sha256(). */
char *oa_digest_text(oa_arena *arena, oa_digest *digest);

#endif
