/* cmd_derive.c - onearm derive. */
#include "cli.h"

#include "../base/io.h"
#include "../base/text.h"

/* A line of the list; the results have no table that a caller may see. */
static void put_file(oa_cli *cli, oa_json *json, const char *out, const char *name, const oa_table *table) {
    const char *path = oa_path_join(cli->arena, out, oa_printf(cli->arena, "%s.csv", oa_lower(cli->arena, name)));
    if (!cli->json && table) {
        oa_putf(&cli->out, "%-28s %6zu rows  %s\n", path, oa_table_rows(table), oa_table_label(table));
    } else if (!cli->json) {
        oa_putf(&cli->out, "%-28s %11s  Analysis Results Data\n", path, "");
    } else {
        oa_json_object(json, NULL);
        oa_json_text(json, "path", path);
        oa_json_text(json, "kind", "csv");
        if (table) {
            oa_json_integer(json, "rows", (int64_t)oa_table_rows(table));
        }
        oa_json_end_object(json);
    }
}

int oa_cmd_derive(oa_cli *cli) {
    const char *out = oa_cli_value(cli, "--out");
    const char *format = oa_cli_value(cli, "--format");
    if (!out || !*out || (format && !oa_streq(format, "csv"))) {
        oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "%s",
                    out && *out ? "datasets can be written as csv" : "say where to write: --out DIR");
        return 2;
    }
    oa_study *study = oa_cli_study(cli);
    if (!study || !oa_study_write_datasets(study, out, cli->diag)) {
        return 2;
    }
    oa_json json;
    oa_json_init(&json, &cli->out);
    if (cli->json) {
        oa_json_object(&json, NULL);
        oa_json_array(&json, "files");
    }
    for (const char *const *name = oa_study_dataset_names(); *name; name++) {
        const oa_table *table = oa_study_dataset(study, *name);
        if (table) {
            put_file(cli, &json, out, *name, table);
        }
    }
    put_file(cli, &json, out, "ARD", NULL);
    if (cli->json) {
        oa_json_end_array(&json);
        oa_json_end_object(&json);
    }
    return 0;
}
