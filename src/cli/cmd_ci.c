/* cmd_ci.c - onearm ci. */
#include "cli.h"

#include "../base/number.h"
#include "../base/text.h"

#include <onearm/stats.h>

#include <string.h>

#define EN_DASH "\xE2\x80\x93"

typedef struct question {
    int64_t x;
    int64_t n;
    oa_ci_method method; /* the one, or with `all` the one that stands first */
    bool all;
    oa_sides sides;
    double level;
    int decimals;
    bool uncut;
} question;

static bool read_count(oa_cli *cli, const char *what, const char *text, size_t length, int64_t *count) {
    bool digits = length > 0 && strspn(text, "0123456789") >= length;
    return oa_parse_integer(text, length, count) ||
           oa_cli_misuse(cli,
                         oa_printf(cli->arena, "%s is '%.*s', which is %s", what, (int)length, text,
                                   digits ? "more than 100000000, the most that binomial probabilities are computed for"
                                          : "no whole number"));
}

/* "11 20" or "11/20". */
static bool read_counts(oa_cli *cli, question *q) {
    const char *x = cli->arguments[0];
    const char *slash = strchr(x, '/');
    const char *n = slash ? slash + 1 : cli->arguments[1];
    if ((cli->n_arguments == 2) == (slash != NULL)) {
        return oa_cli_misuse(cli, "give the proportion as X N or as X/N");
    }
    return read_count(cli, "X", x, slash ? (size_t)(slash - x) : strlen(x), &q->x) &&
           read_count(cli, "N", n, strlen(n), &q->n);
}

static bool read_method(oa_cli *cli, question *q) {
    const char *name = oa_cli_value(cli, "--method");
    q->all = name && oa_streq(name, "all");
    if (!name || q->all || oa_ci_of(name, &q->method)) {
        return true;
    }
    oa_buf list;
    oa_buf_init(&list, cli->arena);
    for (int i = 0; i < OA_N_CI_METHODS; i++) {
        oa_putf(&list, "%s, ", oa_ci_name((oa_ci_method)i));
    }
    return oa_cli_misuse(cli, oa_printf(cli->arena, "there is no method '%s'; methods are %sall", name, list.bytes));
}

static bool read_level(oa_cli *cli, question *q) {
    const char *text = oa_cli_value(cli, "--level");
    if (!text) {
        return true;
    }
    if (!oa_parse_number(text, strlen(text), &q->level)) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "the level is '%s', which is no number; 0.95 is one", text));
    }
    if (q->level > 0 && q->level < 1) {
        return true;
    }
    if (q->level > 1 && q->level < 100) {
        return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is not a level between 0 and 1; write %s", text,
                                            oa_number_text(cli->arena, q->level / 100)));
    }
    return oa_cli_misuse(cli, oa_printf(cli->arena, "%s is not a level between 0 and 1, such as 0.95", text));
}

static bool read_sides(oa_cli *cli, question *q) {
    static const char *const names[] = {[OA_TWO_SIDED] = "two", [OA_LOWER] = "lower", [OA_UPPER] = "upper"};
    const char *name = oa_cli_value(cli, "--sided");
    for (unsigned i = 0; name && i < sizeof names / sizeof *names; i++) {
        if (oa_streq(name, names[i])) {
            q->sides = (oa_sides)i;
            return true;
        }
    }
    return !name || oa_cli_misuse(cli, oa_printf(cli->arena,
                                                 "'%s' is no side of an interval; sides are two, lower, upper", name));
}

static bool read_decimals(oa_cli *cli, question *q) {
    const char *text = oa_cli_value(cli, "--decimals");
    int64_t decimals = 1;
    if (text && (!oa_parse_integer(text, strlen(text), &decimals) || decimals < 0 || decimals > 6)) {
        return oa_cli_misuse(cli,
                             oa_printf(cli->arena, "decimals are '%s'; they must be a whole number from 0 to 6", text));
    }
    q->decimals = (int)decimals;
    return true;
}

static bool read_question(oa_cli *cli, question *q) {
    *q = (question){.method = OA_CI_CLOPPER_PEARSON, .level = 0.95, .uncut = oa_cli_value(cli, "--uncut") != NULL};
    return read_counts(cli, q) && read_method(cli, q) && read_level(cli, q) && read_sides(cli, q) &&
           read_decimals(cli, q);
}

static bool answer(const question *q, oa_ci_method method, oa_interval *interval, oa_diag *diag) {
    return (q->uncut ? oa_binomial_interval_uncut : oa_binomial_interval)(q->x, q->n, method, q->sides, q->level,
                                                                          interval, diag);
}

static const char *percentage(oa_cli *cli, const question *q, double share) {
    char text[OA_NUMBER_SIZE];
    return oa_strdup(cli->arena, oa_format_fixed(100 * share, q->decimals, text));
}

/* "31.5-76.9" with its dash, or the one limit that was asked for. */
static const char *limits(oa_cli *cli, const question *q, oa_interval i) {
    if (q->sides != OA_TWO_SIDED) {
        return percentage(cli, q, q->sides == OA_LOWER ? i.lower : i.upper);
    }
    const char *lower = percentage(cli, q, i.lower);
    /* a dash beside a minus sign would be hard to read */
    return oa_printf(cli->arena, i.lower < 0 ? "%s to %s" : "%s" EN_DASH "%s", lower, percentage(cli, q, i.upper));
}

/* "95 % CI". */
static const char *kind(oa_cli *cli, const question *q) {
    static const char *const words[] = {[OA_TWO_SIDED] = "CI", [OA_LOWER] = "lower limit", [OA_UPPER] = "upper limit"};
    return oa_printf(cli->arena, "%s %% %s", oa_hundredfold(cli->arena, q->level), words[q->sides]);
}

static void put_text(oa_cli *cli, const question *q, oa_interval first) {
    char percent[OA_NUMBER_SIZE];
    oa_putf(&cli->out, "%lld of %lld: %s %%", (long long)q->x, (long long)q->n,
            oa_format_percent(q->x, q->n, q->decimals, percent));
    if (!q->all) {
        oa_putf(&cli->out, " (%s %s, %s)\n", kind(cli, q), limits(cli, q, first), oa_ci_label(q->method));
        return;
    }
    oa_putf(&cli->out, "; %s in %%\n", kind(cli, q));
    for (int i = 0; i < OA_N_CI_METHODS; i++) {
        oa_interval interval;
        if (answer(q, (oa_ci_method)i, &interval, NULL)) {
            oa_putf(&cli->out, "  %-15s  %s\n", oa_ci_name((oa_ci_method)i), limits(cli, q, interval));
        }
    }
}

static void put_limits(oa_json *json, const question *q, oa_ci_method method, oa_interval interval) {
    oa_json_text(json, "method", oa_ci_name(method));
    oa_json_number(json, "level", q->level);
    oa_json_number(json, "lower", interval.lower);
    oa_json_number(json, "upper", interval.upper);
}

static void put_json(oa_cli *cli, const question *q, oa_interval first) {
    oa_json json;
    oa_json_init(&json, &cli->out);
    oa_json_object(&json, NULL);
    oa_json_integer(&json, "x", q->x);
    oa_json_integer(&json, "n", q->n);
    oa_json_number(&json, "estimate", first.estimate);
    put_limits(&json, q, q->method, first);
    if (q->all) {
        oa_json_array(&json, "intervals");
        for (int i = 0; i < OA_N_CI_METHODS; i++) {
            oa_interval interval;
            if (answer(q, (oa_ci_method)i, &interval, NULL)) {
                oa_json_object(&json, NULL);
                put_limits(&json, q, (oa_ci_method)i, interval);
                oa_json_text(&json, "description", oa_ci_description((oa_ci_method)i));
                oa_json_end_object(&json);
            }
        }
        oa_json_end_array(&json);
    }
    oa_json_end_object(&json);
}

int oa_cmd_ci(oa_cli *cli) {
    question q;
    oa_interval first;
    if (!read_question(cli, &q) || !answer(&q, q.method, &first, cli->diag)) {
        return 2;
    }
    (cli->json ? put_json : put_text)(cli, &q, first);
    return 0;
}
