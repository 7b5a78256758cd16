/* cmd_report.c - onearm report. */
#include "cli.h"

#include "../base/number.h"
#include "../base/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The time that provenance states: SOURCE_DATE_EPOCH where it is set, else now. */
static bool time_of_run(oa_cli *cli, int64_t *now) {
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    if (!fixed) {
        *now = (int64_t)time(NULL);
        return true;
    }
    if (oa_parse_integer(fixed, strlen(fixed), now) && *now >= 0 && *now < INT64_C(7258118400)) {
        return true;
    }
    oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE",
                "SOURCE_DATE_EPOCH is \"%s\"; it must be a number of seconds since 1970", fixed);
    return false;
}

static void put_files(oa_cli *cli, const oa_report_file *files, size_t count) {
    if (!cli->json) {
        for (size_t i = 0; i < count; i++) {
            oa_putf(&cli->out, "%s\n", files[i].path);
        }
        return;
    }
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_array(&json, "files");
    for (size_t i = 0; i < count; i++) {
        oa_json_object(&json, NULL);
        oa_json_text(&json, "path", files[i].path);
        oa_json_text(&json, "kind", files[i].kind);
        oa_json_end_object(&json);
    }
    oa_json_end_array(&json);
    oa_json_end_object(&json);
}

int oa_cmd_report(oa_cli *cli) {
    const char *out = oa_cli_value(cli, "--out");
    const char *format = oa_cli_value(cli, "--format");
    oa_report_options options = {.directory = out && *out ? out : "report"};
    const oa_report_file *files;
    size_t count;
    if (format && !oa_streq(format, "html")) {
        oa_diag_add(cli->diag, OA_ERROR, OA_USAGE, NULL, "USAGE", "a report can be made as html, not as %s", format);
        return 2;
    }
    if (!time_of_run(cli, &options.now)) {
        return 2;
    }
    oa_study *study = oa_cli_study(cli);
    if (!study || !oa_study_check(study, cli->diag) || !oa_study_report(study, &options, &files, &count, cli->diag)) {
        return 2;
    }
    put_files(cli, files, count);
    return 0;
}
