/* cmd_design.c - onearm design: the table of its subcommands, and those that search for a boundary. */
#include "cmd_design.h"

#include "../base/text.h"

const oa_design_words oa_response_words = {"", "responded", "not worth pursuing", "worth pursuing"};

static oa_design_words titled(const char *title) {
    oa_design_words words = oa_response_words;
    words.title = title;
    return words;
}

static int run_single(oa_cli *cli) {
    oa_problem problem;
    oa_relaxation relaxation = {0, 0};
    oa_design_words words = titled("One stage");
    if (!oa_design_problem(cli, &problem) || !oa_design_number(cli, "--relax-alpha", &relaxation.alpha) ||
        !oa_design_number(cli, "--relax-beta", &relaxation.beta)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_single(&problem, &relaxation, cli->diag), "first");
}

static int run_simon(oa_cli *cli) {
    oa_problem problem;
    oa_design_words words = titled("Simon's two-stage designs");
    if (!oa_design_problem(cli, &problem)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_simon(&problem, cli->diag), "optimal");
}

static int run_three_stage(oa_cli *cli) {
    oa_problem problem;
    bool ensign = oa_cli_value(cli, "--ensign") != NULL;
    oa_design_words words = titled(ensign ? "Ensign's three-stage designs" : "Chen's three-stage designs");
    if (!oa_design_problem(cli, &problem)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_three_stage(&problem, ensign, cli->diag), "optimal");
}

static int run_fleming(oa_cli *cli) {
    oa_problem problem;
    size_t count;
    oa_design_words words = titled("Fleming's design in several stages");
    int32_t *stages = oa_design_counts(cli, "--stages", &count);
    if (!stages || !oa_design_problem(cli, &problem)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_fleming(&problem, stages, count, cli->diag), "fleming");
}

static int run_mander_thompson(oa_cli *cli) {
    oa_problem problem;
    oa_design_words words = titled("Mander and Thompson's two-stage designs");
    if (!oa_design_problem(cli, &problem)) {
        return 2;
    }
    return oa_design_show(cli, &words, &problem, oa_design_mander_thompson(&problem, cli->diag), "H0-optimal");
}

static int run_curtailed(oa_cli *cli) {
    oa_problem problem;
    oa_two_stage given;
    oa_curtailment curtailment = {0, 1, oa_cli_value(cli, "--futility-only") == NULL};
    const char *of = oa_cli_value(cli, "--of");
    oa_design_words words = titled("Curtailed two-stage designs");
    if (!oa_design_problem(cli, &problem) || !oa_design_number(cli, "--futility", &curtailment.futility) ||
        !oa_design_number(cli, "--efficacy", &curtailment.efficacy) || (of && !oa_design_two_stage(cli, of, &given))) {
        return 2;
    }
    oa_designs *designs = of ? oa_design_curtail(&problem, &given, &curtailment, cli->diag)
                             : oa_design_curtailed(&problem, &curtailment, cli->diag);
    return oa_design_show(cli, &words, &problem, designs, of ? "curtailed" : "optimal");
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* clang-format off */
#define RATES                                                                                                          \
    {"--p0", "RATE", "response rate of no interest (H0)"},                                                            \
    {"--p1", "RATE", "response rate worth pursuing (H1)"},                                                            \
    {"--alpha", "RATE", "greatest type I error (default: 0.05)"},                                                     \
    {"--beta", "RATE", "greatest type II error, 1 - power (default: 0.2)"},                                           \
    {"--strict", NULL, "error rates below alpha and beta; otherwise at most"}
#define NMAX {"--nmax", "N", "greatest number of subjects (default: as many as it takes)"}
#define TIES {"--ties", "RULE", "of several r: largest-r (least alpha; default) or smallest-r"}
#define PRIOR {"--prior", "A,B", "Beta prior of the response rate (default: p0,1-p0)"}
#define LOOKS {"--looks", "LIST", "looks after so many subjects, the last at the end: 10,20,30 or 10:40:5"}
#define OUTPUT                                                                                                         \
    {"--show", "NAME", "the design to print in full: its name or place in the list"},                                               \
    {"--rates", "LIST", "true rates: 0.1,0.2,0.3 or FROM:TO:STEP"},                                                    \
    {"--plot", "FILE", "power, expected n, boundaries: .svg, .pdf, .png"},                                             \
    {"--csv", "WHAT", "print oc or boundaries as CSV"},                                                                \
    {"--protocol", NULL, "print the design: block of protocol.yaml"},                                                  \
    {"--json", NULL, "print one JSON object"}

const oa_command oa_design_parts[OA_N_DESIGNS] = {
    {.name = "design single", .arguments = "--p0 RATE --p1 RATE",
     .summary = "one stage: A'Hern, Fleming, relaxed error rates",
     .description = "The least n whose exact test keeps both error rates (A'Hern 2001), the least n from which on every n "
                    "does, and Fleming's normal approximation with its exact error rates.",
     .example = "onearm design single --p0 0.1 --p1 0.2",
     .options = {RATES, NMAX, {"--relax-alpha", "RATE", "by how much alpha may be passed (Khan 2012)"},
                 {"--relax-beta", "RATE", "by how much beta may be passed"}, OUTPUT},
     .run = run_single},
    {.name = "design simon", .arguments = "--p0 RATE --p1 RATE",
     .summary = "two stages: optimal, minimax, admissible",
     .description = "Simon's two-stage designs that stop for futility: on to stage two with more than r1 responses of n1, "
                    "worth pursuing with more than r of n.  The optimum is proved, not cut off by a greatest n.",
     .example = "onearm design simon --p0 0.1 --p1 0.3 --alpha 0.05 --beta 0.1",
     .options = {RATES, NMAX, TIES, OUTPUT},
     .run = run_simon},
    {.name = "design three-stage", .arguments = "--p0 RATE --p1 RATE",
     .summary = "three stages: Chen, Ensign",
     .description = "Three stages that stop for futility: optimal and minimax (Chen 1997).  With --ensign the first stage "
                    "has five subjects or more and stops where none responds.",
     .example = "onearm design three-stage --p0 0.05 --p1 0.25",
     .options = {RATES, NMAX, TIES, {"--ensign", NULL, "Ensign's first stage"}, OUTPUT},
     .run = run_three_stage},
    {.name = "design fleming", .arguments = "--p0 RATE --p1 RATE --stages LIST",
     .summary = "several stages that stop for futility and efficacy",
     .description = "Fleming's boundary for stages of the given sizes.  It is a normal approximation: the exact error rates, "
                    "which are printed, may pass alpha and beta.",
     .example = "onearm design fleming --p0 0.2 --p1 0.4 --stages 15,10",
     .options = {RATES, {"--stages", "LIST", "subjects of each stage, such as 20,15,15"}, OUTPUT},
     .run = run_fleming},
    {.name = "design mander-thompson", .arguments = "--p0 RATE --p1 RATE",
     .summary = "two stages, the first may stop for efficacy, too",
     .description = "Two-stage designs whose first stage may end for futility or efficacy: least expected n at p0 or at p1, "
                    "and the least n.",
     .example = "onearm design mander-thompson --p0 0.1 --p1 0.3",
     .options = {RATES, NMAX, TIES, OUTPUT},
     .run = run_mander_thompson},
    {.name = "design curtailed", .arguments = "--p0 RATE --p1 RATE",
     .summary = "stop as soon as the answer is certain, or nearly so",
     .description = "Two-stage designs with a look after each subject, that stop where the conditional power at p1 is 0 or 1 "
                    "(non-stochastic), or beyond the given thresholds (stochastic).  The design is searched for as it will "
                    "be used, so that both error rates hold after curtailment.  With --of, the given design is curtailed.",
     .example = "onearm design curtailed --p0 0.1 --p1 0.3 --of 2/18,6/35",
     .options = {RATES, NMAX, {"--of", "DESIGN", "r1/n1,r/n: curtail this one"},
                 {"--futility", "POWER", "stop at or below (default: 0)"},
                 {"--efficacy", "POWER", "stop at or above (default: 1)"},
                 {"--futility-only", NULL, "do not stop for efficacy"}, OUTPUT},
     .run = run_curtailed},
    {.name = "design lee-liu", .arguments = "--p0 RATE --p1 RATE",
     .summary = "predictive probability of success",
     .description = "Stops where success at the end has become improbable: its predictive probability is below a threshold (Lee, "
                    "Liu 2008).  All thresholds are searched, for the least n and for the least expected n; or --n, "
                    "--futility and --final give a design, whose error rates are exact.",
     .example = "onearm design lee-liu --p0 0.2 --p1 0.4 --alpha 0.1 --beta 0.1",
     .options = {RATES, NMAX, PRIOR, {"--first", "N", "subjects at the first look (default: 10)"},
                 {"--step", "N", "and from one look to the next (default: 1)"},
                 {"--n", "N", "evaluate a design of N subjects"},
                 {"--futility", "PROB", "stop below this predictive probability"},
                 {"--efficacy", "PROB", "and above this one (default: 1, never)"},
                 {"--final", "PROB", "worth pursuing if P(p > p0) is above it"}, OUTPUT},
     .run = oa_cmd_lee_liu},
    {.name = "design thall-simon", .arguments = "--p0 RATE --p1 RATE --looks LIST",
     .summary = "posterior probability of being better than the standard",
     .description = "Stops where the response rate is improbably, or probably, above that of the standard treatment (Thall, Simon "
                    "1994), which is p0 or has a prior of its own.",
     .example = "onearm design thall-simon --p0 0.3 --p1 0.5 --standard 15,35 --looks 10:40:5",
     .options = {RATES, LOOKS, PRIOR, {"--standard", "A,B", "Beta prior of the standard rate (default: it is p0)"},
                 {"--gain", "RATE", "gain over the standard rate that is wanted (default: 0)"},
                 {"--futility", "PROB", "stop below this probability of the gain (default: 0.05)"},
                 {"--efficacy", "PROB", "stop above this one of being better (default: 0.95; 1: never)"},
                 {"--final", "PROB", "worth pursuing at the end from this one on (default: as --efficacy)"}, OUTPUT},
     .run = oa_cmd_thall_simon},
    {.name = "design bop2", .arguments = "--p0 RATE --p1 RATE --looks LIST",
     .summary = "BOP2: optimal limits of posterior probability, with toxicity",
     .description = "Stops if P(p > p0) is below lambda (n/N)^gamma (Zhou, Lee, Yuan 2017), with the lambda and gamma of the "
                    "greatest power within alpha; alpha and power are exact, not simulated.  With --t0 and --t1 it stops for "
                    "toxicity, too.",
     .example = "onearm design bop2 --p0 0.2 --p1 0.4 --alpha 0.1 --looks 10:40:5",
     .options = {RATES, LOOKS, {"--efficacy-stop", NULL, "stop for efficacy, too (BOP2-FE)"},
                 {"--lambda", "PROB", "evaluate this lambda"}, {"--gamma", "POWER", "and this gamma"},
                 {"--eta", "POWER", "and this eta, of the stop for efficacy (default: 1)"},
                 {"--t0", "RATE", "toxicity rate that is too high"}, {"--t1", "RATE", "toxicity rate that is acceptable"},
                 {"--phi", "RATIO", "odds ratio of response and toxicity (default: 1)"}, OUTPUT},
     .run = oa_cmd_bop2},
    {.name = "design toxicity", .arguments = "--p0 RATE --p1 RATE --looks LIST",
     .summary = "stopping boundaries for toxicity",
     .description = "Stops as soon as there are too many toxicities: the same nominal level at each look (Pocock), one that rises "
                    "(Wang, Tsiatis), or a posterior probability.  p0 is the acceptable rate and p1 the one that is too high; "
                    "the probabilities of stopping are exact.",
     .example = "onearm design toxicity --p0 0.1 --p1 0.3 --looks 2:30:1",
     .options = {{"--p0", "RATE", "toxicity rate that is acceptable"}, {"--p1", "RATE", "toxicity rate that is too high"},
                 {"--alpha", "RATE", "greatest P(stop) at p0 (default: 0.1)"},
                 {"--beta", "RATE", "greatest P(not stopping) at p1 (default: 0.1)"}, LOOKS,
                 {"--rule", "RULE", "pocock (default), wang-tsiatis or posterior"},
                 {"--priority", "WHICH", "null: alpha holds (default); alt: beta does"},
                 {"--delta", "POWER", "of wang-tsiatis: 0 O'Brien-Fleming, 0.5 Pocock (default: 0.25)"},
                 {"--prior", "A,B", "of posterior: Beta prior of the rate (default: p0,1-p0)"},
                 {"--threshold", "VALUE", "evaluate this level, c or probability"}, OUTPUT},
     .run = oa_cmd_toxicity},
    {.name = "design oslr", .arguments = "--survival S --at T --hr RATIO --rate N --follow-up T",
     .summary = "time to event: one-sample log-rank test in one and two stages",
     .description = "Designs of a single arm whose survival is compared with a fixed Weibull curve: one stage, and two stages "
                    "that stop for futility, with the least expected n, the least n, or a compromise.  Error rates are "
                    "large-sample ones with exact variance; simulated ones stand beside them.",
     .example = "onearm design oslr --survival 0.72 --at 3 --hr 0.459 --rate 20 --follow-up 3",
     .options = {{"--survival", "S", "survival under H0 at the time --at"}, {"--at", "T", "that time"},
                 {"--hr", "RATIO", "hazard ratio worth detecting, below 1"},
                 {"--rate", "N", "subjects that enter in a unit of time"},
                 {"--follow-up", "T", "from the last entry to the end"},
                 {"--restricted", NULL, "no subject is followed longer than that"},
                 {"--shape", "K", "Weibull shape (default: 1, exponential)"},
                 {"--alpha", "RATE", "type I error (default: 0.05)"}, {"--beta", "RATE", "type II error (default: 0.2)"},
                 {"--least-stop", "PROB", "least P(stop after stage one) under H0"},
                 {"--weight", "Q", "admissible: least Q n + (1 - Q) EN (default: 0.5)"},
                 {"--trials", "N", "simulated trials (default: 20000; 0: none)"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_oslr},
    {.name = "design bryant-day", .arguments = "--r0 RATE --r1 RATE --t0 RATE --t1 RATE",
     .summary = "two stages with response and toxicity",
     .description = "Two-stage designs that go on, and accept, only with enough responses and few enough toxicities "
                    "(Bryant, Day 1995): the least expected n, and the least n.",
     .example = "onearm design bryant-day --r0 0.1 --r1 0.3 --t0 0.3 --t1 0.1 --beta 0.2",
     .options = {{"--r0", "RATE", "response rate of no interest"}, {"--r1", "RATE", "response rate worth pursuing"},
                 {"--t0", "RATE", "toxicity rate that is too high"}, {"--t1", "RATE", "toxicity rate that is acceptable"},
                 {"--alpha-r", "RATE", "greatest P(accept) with a poor response rate (default: 0.1)"},
                 {"--alpha-t", "RATE", "greatest P(accept) with too much toxicity (default: 0.1)"},
                 {"--beta", "RATE", "greatest P(not accept) of a good treatment (default: 0.15)"},
                 {"--phi", "RATIO", "odds ratio of response and toxicity (default: 1)"},
                 {"--strict", NULL, "error rates below their bounds; otherwise at most"}, NMAX,
                 {"--show", "NAME", "optimal (default) or minimax"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_bryant_day},
    {.name = "design precision", .arguments = "--p RATE --width HALF",
     .summary = "the n that makes the interval narrow enough",
     .description = "The number of subjects from which on half the exact (Clopper-Pearson) interval is at most so wide: with "
                    "the likeliest number of responses, on average, and whatever is observed.",
     .example = "onearm design precision --p 0.3 --width 0.1",
     .options = {{"--p", "RATE", "expected response rate"}, {"--width", "HALF", "greatest half width, as a fraction"},
                 {"--level", "LEVEL", "level of the interval (default: 0.95)"}, NMAX,
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_precision},
    {.name = "design estimate", .arguments = "--of DESIGN --responses S --p0 RATE",
     .summary = "estimates, p-value and intervals that fit a two-stage design",
     .description = "For a trial that used a two-stage design and ended: UMVUE, median-unbiased and bias-adjusted estimates, "
                    "the p-value and interval of Koyama and Chen, that of Jung and Kim, and the naive ones beside them.",
     .example = "onearm design estimate --of 2/18,6/35 --responses 7 --p0 0.1",
     .options = {{"--of", "DESIGN", "r1/n1,r/n, such as 2/18,6/35"}, {"--responses", "S", "responses at the end"},
                 {"--p0", "RATE", "response rate of no interest"},
                 {"--level", "LEVEL", "level of the intervals (default: 0.95)"},
                 {"--stage1", "S", "responses of stage one, where stage two ran over or under"},
                 {"--n2", "N", "subjects that stage two really had"},
                 {"--json", NULL, "print one JSON object"}},
     .run = oa_cmd_estimate},
};
/* clang-format on */
