/* parallel.c - see parallel.h. */
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

typedef struct work {
    size_t count;
    void (*body)(void *context, size_t index);
    void *context;
    atomic_size_t next;
} work;

static void *take(void *context) {
    work *w = context;
    for (size_t i = atomic_fetch_add(&w->next, 1); i < w->count; i = atomic_fetch_add(&w->next, 1)) {
        w->body(w->context, i);
    }
    return NULL;
}

void oa_parallel_for(size_t count, void (*body)(void *context, size_t index), void *context) {
    pthread_t threads[MOST_THREADS];
    size_t n = 0;
    if (count == 0) {
        return;
    }
    work w = {.count = count, .body = body, .context = context};
    atomic_init(&w.next, 1); /* the first is the caller's */
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    while (n < MOST_THREADS && n + 1 < count && (long)n + 1 < processors &&
           pthread_create(&threads[n], NULL, take, &w) == 0) {
        n++;
    }
    body(context, 0);
    take(&w);
    for (size_t i = 0; i < n; i++) {
        pthread_join(threads[i], NULL);
    }
}
