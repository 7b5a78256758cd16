/* cmd_version.c - onearm version. */
#include "cli.h"

int oa_cmd_version(oa_cli *cli) {
    if (cli->json) {
        oa_json json;
        oa_json_init(&json, &cli->out);
        oa_json_object(&json, NULL);
        oa_json_text(&json, "version", oa_version());
        oa_json_end_object(&json);
    } else {
        oa_putf(&cli->out, "onearm %s\n", oa_version());
    }
    return 0;
}
