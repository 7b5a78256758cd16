/* api.h - export mark and compiler checks shared by the public headers. */
#ifndef ONEARM_API_H
#define ONEARM_API_H

#if defined(__GNUC__)
#define OA_API                 __attribute__((visibility("default")))
#define OA_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define OA_MUST_USE            __attribute__((warn_unused_result))
#else
#define OA_API
#define OA_PRINTF(text, first)
#define OA_MUST_USE
#endif

#endif
