#!/usr/bin/env python3
"""check_exports.py LIBONEARM.SO: it exports what the public headers mark OA_API and no more, and holds no mutable data."""
import re
import subprocess
import sys

from source import code, files, report

DECLARED = re.compile(r"\bOA_API\b[^;{]*?\b(oa_\w+)\s*(?:\(|;|\[)")
# What the C start-up files and the linker put into each shared object.
NOT_OURS = {"__dso_handle", "__TMC_END__", "_edata", "_end", "__bss_start"}
LINKER = re.compile(r"^(completed\.\d+|_DYNAMIC|_GLOBAL_OFFSET_TABLE_|__(JCR|CTOR|DTOR|FRAME|EH_FRAME).*)$")
WRITABLE = re.compile(r"^\.(data|bss|tdata|tbss)(\.(?!rel\.ro).*)?$")


def exported(library):
    out = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in out.splitlines()}


def writable(library):
    """Names of objects in sections that stay writable once the library is loaded (.data.rel.ro does not)."""
    out = subprocess.run(["objdump", "-t", library], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        fields = line[17:].split() if re.match(r"[0-9a-f]{16} ", line) else []
        if len(fields) < 3 or " df " in line or fields[-1].startswith("."):
            continue
        section = next((field for field in fields if field.startswith(".") or field == "*COM*"), "")
        symbol = fields[-1]
        if (WRITABLE.match(section) or section == "*COM*") and symbol not in NOT_OURS and not LINKER.match(symbol):
            yield symbol


def main():
    library = sys.argv[1]
    declared = {symbol for path in files("include/onearm/*.h") for symbol in DECLARED.findall(code(path))}
    there = exported(library)
    findings = [f"{symbol}: declared in include/onearm, not exported" for symbol in sorted(declared - there)]
    findings += [f"{symbol}: exported, not declared in include/onearm" for symbol in sorted(there - declared)]
    findings += [f"{symbol}: writable data in the library" for symbol in sorted(set(writable(library)))]
    report(findings, f"{len(there)} exports")


main()
