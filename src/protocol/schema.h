/*
 * schema.h - the keys of protocol.yaml as data: what may stand where, and what it means.
 *
 * The tables of schema.c are all that is known of the file's layout.  load.c reads by them and keys.c prints them.
 */
#ifndef OA_SCHEMA_H
#define OA_SCHEMA_H

#include "protocol.h"

typedef enum oa_key_kind {
    OA_KEY_TEXT,    /* const char * */
    OA_KEY_CHOICE,  /* const char *, one of `words` */
    OA_KEY_ENUM,    /* int, the place of the text in `words` */
    OA_KEY_NUMBER,  /* double */
    OA_KEY_INTEGER, /* int64_t */
    OA_KEY_BOOL,    /* bool */
    OA_KEY_DATE,    /* oa_date, known to the day */
    OA_KEY_NUMBERS, /* oa_doubles */
    OA_KEY_TEXTS,   /* oa_names */
    OA_KEY_OBJECT,  /* the keys of `keys`, in the same struct or in a member at `at` */
    OA_KEY_LIST,    /* an array of structs and a count: - {...} */
    OA_KEY_MAP      /* the same, where each struct has an id: ID: {...} */
} oa_key_kind;

/* Which numbers are taken. */
typedef enum oa_bounds {
    OA_ANY,   /* all */
    OA_FROM,  /* from <= x <= to */
    OA_WITHIN /* from < x < to */
} oa_bounds;

/* How the numbers of a list must follow each other. */
typedef enum oa_order {
    OA_UNORDERED,
    OA_FALLING, /* each below the one before */
    OA_RISING,  /* each above the one before */
    OA_SPAN     /* two numbers, the first not above the second */
} oa_order;

typedef struct oa_keys oa_keys;

typedef struct oa_key {
    const char *name;
    size_t at;       /* offset in the struct of the table */
    size_t count_at; /* LIST, MAP: offset of the count */
    const oa_keys *keys;
    const char *const *words; /* ends with NULL; of a key that refers to a drug: other words it takes */
    const char *standard;     /* the default as it would be written, or NULL: none */
    const char *unit;
    const char *meaning; /* one sentence for the people of the trial */
    double from;
    double to; /* INFINITY: no upper bound */
    oa_key_kind kind;
    oa_bounds bounds;
    oa_order order;
    bool whole;          /* NUMBERS: integers only */
    bool required;       /* in an object that is there */
    bool unique;         /* no two items of the list may share this text */
    bool refers_to_drug; /* the text must be a drug of treatment.drugs */
    bool id_is_default;  /* of a map's struct: its id is the default */
    bool switches;       /* OBJECT: {a, b} switches a and b on, and the others off */
} oa_key;

/* The keys of one object. */
struct oa_keys {
    const oa_key *items;
    size_t count;
    size_t size;    /* LIST, MAP: of the struct */
    size_t id_at;   /* MAP: offset of the id */
    size_t mark_at; /* LIST, MAP: offset of the oa_mark */
};

extern const oa_keys oa_schema;

/* A number that was not said and has no default other than "not a number". */
#define OA_STANDARD_NAN "nan"

/* NULL: the table has no such key. */
const oa_key *oa_schema_find(const oa_keys *keys, const char *name);

/* "number", "hold, reduce or stop", "list of numbers" ... */
void oa_schema_type(const oa_key *key, oa_buf *out);
/* "above 0 and below 1", "1 to 36500", or nothing. */
void oa_schema_range(const oa_key *key, oa_buf *out);
bool oa_schema_in_range(const oa_key *key, double value);

#endif
