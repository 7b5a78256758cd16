/* yaml_words.h - libyaml's error texts in the words of somebody who writes a protocol. */
#ifndef OA_YAML_WORDS_H
#define OA_YAML_WORDS_H

#include <stdbool.h>

typedef struct oa_yaml_words {
    const char *problem;  /* libyaml's text; NULL: any */
    char at;              /* the byte where it stopped; 0: any */
    bool points_to_start; /* the start of the text or bracket tells more than the place where reading stopped */
    const char *rule;
    const char *text;
} oa_yaml_words;

/* Never NULL.  `problem` may be NULL. */
const oa_yaml_words *oa_yaml_words_for(const char *problem, char at);

#endif
