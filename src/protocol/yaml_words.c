/* yaml_words.c - see yaml_words.h.  The first row that fits speaks; the last fits everything. */
#include "yaml_words.h"

#include <stddef.h>
#include <string.h>

#define TAB   "PROTOCOL-TAB", "a tab stands where blanks are needed: indent and separate with blanks"
#define QUOTE "PROTOCOL-QUOTE"
#define YAML  "PROTOCOL-YAML"

/* clang-format off */
static const oa_yaml_words table[] = {
    {"found character that cannot start any token", '\t', false, TAB},
    {"found a tab character that violates indentation", 0, false, TAB},
    {"found a tab character where an indentation space is expected", 0, false, TAB},
    {"found character that cannot start any token", '@', false, QUOTE,
     "text cannot start with @ here: put it in quotes"},
    {"found character that cannot start any token", '`', false, QUOTE,
     "text cannot start with ` here: put it in quotes"},
    {"found character that cannot start any token", '%', false, QUOTE,
     "text cannot start with % here: put it in quotes"},
    {"did not find expected alphabetic or numeric character", 0, true, QUOTE,
     "text cannot start with * or & here: put it in quotes"},
    {"mapping values are not allowed in this context", 0, false, YAML,
     "a colon stands where no key can: put text that holds \": \" in quotes, or align the key with those above"},
    {"could not find expected ':'", 0, true, YAML,
     "a key without a colon: write key: value, or close the quote or bracket above"},
    {"did not find expected key", 0, false, YAML,
     "no key of the map that started above can stand here: align it with the keys above, or close the quote before it"},
    {"did not find expected '-' indicator", 0, false, YAML,
     "the list above expects an item that starts with a dash: align this line with its dashes"},
    {"block sequence entries are not allowed in this context", 0, false, YAML,
     "a dash cannot start a list here: start the list in a line of its own, under its key"},
    {"did not find expected ',' or ']'", 0, true, YAML,
     "this list in brackets is not closed, or lacks a comma: write [a, b]"},
    {"did not find expected ',' or '}'", 0, true, YAML,
     "this map in braces is not closed, or lacks a comma: write {a: 1, b: 2}"},
    {"found unexpected end of stream", 0, true, QUOTE,
     "this quoted text is not closed: put the closing quote"},
    {"found unexpected document indicator", 0, true, QUOTE,
     "this quoted text is not closed: put the closing quote"},
    {"found unknown escape character", 0, false, QUOTE,
     "a backslash in double quotes starts an escape that YAML does not know: use single quotes"},
    {"did not find expected hexdecimal number", 0, false, QUOTE,
     "\\x, \\u and \\U in double quotes need 2, 4 and 8 hexadecimal digits: use single quotes"},
    {"did not find expected comment or line break", 0, false, YAML,
     "nothing may follow | or > in its line: start the text in the next line, indented"},
    {"did not find expected node content", 0, false, YAML,
     "a value is missing here: write key: value, and put text that starts with a sign in quotes"},
    {"did not find expected <document start>", 0, false, YAML,
     "text that belongs to no key: align it with the keys above, or close the bracket before it"},
    {"found unexpected ':'", 0, false, QUOTE,
     "a colon in braces or brackets needs a blank after it, or quotes around the text"},
    {"found incompatible YAML document", 0, false, YAML,
     "the file asks for a YAML version that is not 1.1 or 1.2: remove the line with %YAML"},
    {"found unknown directive name", 0, false, YAML,
     "a line that starts with % is no part of a protocol: remove it, or put the text in quotes"},
    {NULL, 0, false, YAML,
     "YAML cannot be read from here on: check the quotes, brackets and indentation of this line and the one above"},
};
/* clang-format on */

const oa_yaml_words *oa_yaml_words_for(const char *problem, char at) {
    const oa_yaml_words *row = table;
    while (row->problem) {
        bool same_problem = problem && strcmp(row->problem, problem) == 0;
        if (same_problem && (row->at == 0 || row->at == at)) {
            break;
        }
        row++;
    }
    return row;
}
