/* encoding.c - see encoding.h. */
#include "encoding.h"

#include "../base/text.h"

#include <string.h>

/* The length of the run of ASCII at the start, found eight bytes at a time. */
static size_t ascii_run(const char *bytes, size_t length) {
    size_t at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) {
            break;
        }
    }
    while (at < length && (unsigned char)bytes[at] < 0x80) {
        at++;
    }
    return at;
}

size_t oa_first_not_utf8(const char *bytes, size_t length) {
    size_t start = ascii_run(bytes, length);
    return start + oa_utf8_check(bytes + start, length - start);
}

const char *oa_guess_encoding(const char *bytes, size_t length) {
    /* In GB18030 almost all Chinese text is pairs of bytes 0xA1..0xFE; Western letters stand alone between ASCII. */
    size_t pairs = 0;
    size_t singles = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char first = (unsigned char)bytes[i];
        if (first < 0x80) {
            continue;
        }
        if (first > 0x80 && i + 1 < length && (unsigned char)bytes[i + 1] >= 0xA1) {
            pairs++;
            i++;
        } else {
            singles++;
        }
    }
    return pairs > singles ? "GB18030" : "windows-1252";
}

/* Line and byte column of an offset. */
static int64_t line_of(const char *bytes, size_t offset, int32_t *column) {
    int64_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    *column = (int32_t)(offset - start + 1);
    return line;
}

/* UTF-16 text that is mostly ASCII has a NUL in every other byte. */
static const char *wide_encoding(const char *bytes, size_t length) {
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        return "UTF-16";
    }
    if (length >= 4 && (bytes[0] != '\0') != (bytes[3] != '\0') && bytes[1] == '\0' && bytes[2] == '\0') {
        return "UTF-32";
    }
    if (length >= 4 &&
        ((!bytes[0] && bytes[1] && !bytes[2] && bytes[3]) || (bytes[0] && !bytes[1] && bytes[2] && !bytes[3]))) {
        return "UTF-16";
    }
    return NULL;
}

bool oa_is_plain_utf8(oa_intake *intake, const char *bytes, size_t length) {
    static const char remedy[] = "save it as \"CSV UTF-8\", or convert it:";
    const char *wide = wide_encoding(bytes, length);
    if (wide) {
        oa_intake_error(intake, OA_SYNTAX, 1, 1, "CSV-ENCODING", "the file is %s, not UTF-8; %s iconv -f %s -t UTF-8",
                        wide, remedy, wide);
        return false;
    }
    int32_t column;
    const char *zero = memchr(bytes, '\0', length);
    if (zero) {
        int64_t line = line_of(bytes, (size_t)(zero - bytes), &column);
        oa_intake_error(intake, OA_SYNTAX, line, column, "CSV-ENCODING",
                        "a NUL byte, which no text has; the file is damaged or not CSV: export it again");
        return false;
    }
    size_t bad = oa_first_not_utf8(bytes, length);
    if (bad == length) {
        return true;
    }
    const char *guess = oa_guess_encoding(bytes, length);
    int64_t line = line_of(bytes, bad, &column);
    oa_intake_error(intake, OA_SYNTAX, line, column, "CSV-ENCODING",
                    "byte 0x%02X is not UTF-8; the file may be %s: %s iconv -f %s -t UTF-8", (unsigned char)bytes[bad],
                    guess, remedy, guess);
    return false;
}
