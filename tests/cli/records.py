"""What of a report's page a case asks about: the page without its figures, and its table of records."""
import csv
import html
import re
import struct

FIGURE = re.compile(r'src="data:image/svg\+xml;base64,[^"]*"')
MADE_BY = re.compile(r"(Made by onearm )\S+")
ROW = re.compile(r'<tr><th scope="row"[^>]*>(\w+)[^<]*</th>((?:<td[^>]*>\d+</td>)+)</tr>')

UNUSABLE = ("Not done", "Without a usable value")


def without_figures(page):
    """Figures and version change with libraries and releases; all else must not change unseen."""
    return MADE_BY.sub(r"\1VERSION", FIGURE.sub('src="FIGURE"', page))


def table_of_records(page):
    """{domain: {heading: how many records}}, in the order of the page."""
    text = page.read_text(encoding="utf-8")
    section = html.unescape(text[text.index('<section id="records">') :])
    section = section[: section.index("</section>")]
    headings = re.findall(r'<th scope="col">([^<]*)</th>', section)[1:]
    numbers = {domain: map(int, re.findall(r">(\d+)<", cells)) for domain, cells in ROW.findall(section)}
    return {domain: dict(zip(headings, row)) for domain, row in numbers.items()}


def xport_rows(path):
    """Rows of a SAS transport file, version 5, counted without onearm.

    Records of 80 bytes: headers, then 140 bytes for each variable, then the rows, padded with blanks to whole records.
    """
    data = path.read_bytes()
    names = data.index(b"HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!")
    variables = int(data[names + 54 : names + 58])
    start = names + 80
    width = sum(struct.unpack(">h", data[at + 4 : at + 6])[0] for at in range(start, start + 140 * variables, 140))
    marker = b"HEADER RECORD*******OBS     HEADER RECORD!!!!!!!"
    rows = data[data.index(marker, start) + 80 :]
    count = len(rows) // width
    while count and not rows[(count - 1) * width : count * width].strip():
        count -= 1
    return count


def csv_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def unaccounted(page, directory):
    """Why the table of records does not account for each record of the files; None where it does."""
    table = table_of_records(page)
    files = sorted(directory.glob("*.xpt")) + sorted(directory.glob("*.csv"))
    if not table or len(table) != len(files):
        return f"the table has {', '.join(table) or 'no rows'}; there are {len(files)} files"
    for path in files:
        rows = xport_rows(path) if path.suffix == ".xpt" else csv_rows(path)
        total, *parts = table.get(path.stem.upper(), {"": -1}).values()
        if total != rows:
            return f"{path.name} has {rows} records, the page says {total}"
        if sum(parts) != total:
            return f"{path.name}: {total} records, but {sum(parts)} are accounted for"
    return None


def unnamed(page, findings):
    """Why the findings do not name, by file and row, each record that could not be used; None where they do."""
    for domain, row in table_of_records(page).items():
        unusable = sum(row.get(heading, 0) for heading in UNUSABLE)
        places = {(one["file"], one["line"]) for one in findings if one["domain"] == domain and one["line"]}
        if len(places) < unusable:
            return f"{domain}: {unusable} records could not be used, and findings name {len(places)}"
    return None
