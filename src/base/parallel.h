/* parallel.h - independent blocks of work on all processors. */
#ifndef OA_PARALLEL_H
#define OA_PARALLEL_H

#include <stddef.h>

/*
 * Calls body(context, index) once for each index below `count`, from several threads in no certain order, and returns when
 * all are done.  A body writes to the place of its index alone, allocates from no arena that others use, and does not
 * leave the job; the caller merges by index, so that one processor and many give the same.  Index 0 runs on the calling
 * thread.  Where no thread can be had, the caller does the work.
 */
void oa_parallel_for(size_t count, void (*body)(void *context, size_t index), void *context);

#endif
