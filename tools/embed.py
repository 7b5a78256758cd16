#!/usr/bin/env python3
"""Turns a file into a C array: embed.py FILE NAME OUT writes `const unsigned char NAME[]` and `const size_t NAME_size`.

The array ends with a NUL that the size does not count, so a text may be used as a string.
"""
import sys


def main():
    path, name, out = sys.argv[1:]
    with open(path, "rb") as file:
        data = file.read()
    lines = [", ".join(str(byte) for byte in data[at : at + 24]) + "," for at in range(0, len(data), 24)]
    with open(out, "w", encoding="ascii") as file:
        file.write(f"#include <stddef.h>\n\nextern const unsigned char {name}[];\nextern const size_t {name}_size;\n\n")
        file.write(f"const unsigned char {name}[] = {{\n    " + "\n    ".join(lines + ["0"]) + "\n};\n")
        file.write(f"const size_t {name}_size = {len(data)};\n")


main()
