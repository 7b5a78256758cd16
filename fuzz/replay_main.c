/*
 * replay_main.c - runs a fuzz target over saved inputs without libFuzzer, so that each input that once broke something
 * stays in the ordinary tests.  Arguments: files, or directories of files.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_INPUT = 1 << 20 };

static int replay_file(const char *path) {
    static uint8_t data[LARGEST_INPUT];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    size_t size = fread(data, 1, sizeof data, file);
    int failed = ferror(file);
    fclose(file);
    if (failed) {
        perror(path);
        return 1;
    }
    /* A copy of the exact size, so that a sanitizer sees a read past the end. */
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) {
        return 1;
    }
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    return 0;
}

static int replay_directory(const char *path) {
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0) {
        perror(path);
        return 1;
    }
    int failures = 0;
    int inputs = 0;
    for (int i = 0; i < count; i++) {
        char name[4096];
        int length = snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && length > 0 && (size_t)length < sizeof name) {
            failures += replay_file(name);
            inputs++;
        }
        free(entries[i]);
    }
    free(entries);
    printf("%s: %d inputs\n", path, inputs);
    return failures + (inputs == 0);
}

int main(int argc, char **argv) {
    int failures = argc < 2;
    for (int i = 1; i < argc; i++) {
        struct stat status;
        bool is_directory = stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode);
        failures += is_directory ? replay_directory(argv[i]) : replay_file(argv[i]);
    }
    return failures ? 1 : 0;
}
