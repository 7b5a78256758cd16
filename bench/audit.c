/*
 * audit.c - bench_audit COUNT LENGTH: audits COUNT different texts of about LENGTH characters, and prints the seconds.  A text
 * is an abstract with its own numbers, repeated until it is long enough.
 */
#include "clock.h"

#include <onearm/audit.h>

static const char abstract[] =
    "From October 2022 to September 2024, %d patients (%d males and %d females) with distant metastatic disease were "
    "enrolled. All patients who had completed at least one cycle were eligible for analysis. The median follow-up was "
    "13.7 months (95%% CI 9.9-17.1). %d patients achieved partial response (PR), %d patients achieved stable disease "
    "(SD), "
    "and 1 patient had progressive disease (PD). ORR and DCR were %.1f%% [95%% Confidence Interval (CI): "
    "31.5%%-76.9%%] and "
    "94.7%% (95%% CI: 75.1%%-99.9%%) respectively. Median PFS was not reached. Grade 3 or higher treatment-related "
    "adverse "
    "events were observed in %d (50%%; most common hypertension) patients. Dose reductions were required in %d "
    "(%.1f%%) "
    "patients, and no patient discontinued treatment because of adverse events. This passage says nothing with a "
    "number, "
    "as most of an abstract does: it tells what was known before, why the question matters and how patients were "
    "chosen. ";

static char *make(size_t length, int variant) {
    char *text = malloc(length + 2000);
    size_t at = 0;
    while (text && at < length) {
        int n = 20 + variant++ % 40;
        int x = n / 2 + 1;
        at += (size_t)snprintf(text + at, 2000, abstract, n, n / 3, n - n / 3, x, n - x - 1, 100.0 * x / n, n / 2,
                               n / 4, 100.0 * (n / 4) / n);
    }
    if (text) {
        text[length] = '\0';
    }
    return text;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: bench_audit COUNT LENGTH\n", stderr);
        return 2;
    }
    int count = (int)strtol(argv[1], NULL, 10);
    size_t length = (size_t)strtol(argv[2], NULL, 10);
    oa_auditor *auditor = oa_auditor_new(NULL);
    size_t claims = 0;
    double spent = 0;
    for (int i = 0; auditor && i < count; i++) {
        char *text = make(length, i);
        double start = seconds();
        oa_audit *audit = text ? oa_audit_text(auditor, "bench", text, length, NULL) : NULL;
        spent += seconds() - start;
        claims += audit ? oa_audit_count(audit) : 0;
        oa_audit_free(audit);
        free(text);
    }
    oa_auditor_free(auditor);
    report("seconds", spent);
    report("claims", (double)claims);
    return 0;
}
