# check_r.R - REQ-STATS-020: src/stats/ against R (stats, survival) on random data.
#
#   Rscript check_r.R PATH/TO/stats_stdin
#
# Compares to 1e-10 relative; what is NA in R must be NaN here.  Prints "N passed, N failed"; exit status 1 on a
# failure, 3 when the driver fails.  Where we mean to differ from R, R's answer is put right first; each place says so.
suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(131)

driver <- commandArgs(trailingOnly = TRUE)[1]
tolerance <- 1e-10
orders <- c(0, .25, .5, .75, 1) # 0 keeps quantile.survfit from leaving early; it is dropped below
transforms <- c("log-log", "log", "plain")

agree <- function(got, want) {
    length(got) == length(want) && all(is.na(got) == is.na(want)) &&
        all(is.na(want) | got == want | abs(got - want) <= tolerance * abs(want))
}

number <- function(x) sprintf("%.17g", x)

# --- Clopper-Pearson: as binom.test does it, with the upper tail asked for as a tail ---------------------------------

cp_cases <- 6000
cp_n <- c(1:40, sample(1:300, 4000, replace = TRUE), ceiling(10^runif(cp_cases - 4040, 0, 7)))
cp_x <- floor(runif(cp_cases) * (cp_n + 1))
near <- sample(cp_cases, 1500)
cp_x[near] <- ifelse(runif(1500) < .5, 0, cp_n[near]) # all or none respond
edge <- sample(cp_cases, 1000)
cp_x[edge] <- pmin(cp_n[edge], 1 + floor(runif(1000) * 3))
cp_level <- sample(c(.5, .8, .9, .95, .975, .99, .999, 1 - 1e-9), cp_cases, replace = TRUE)
cp_tail <- (1 - cp_level) / 2
cp_lower <- ifelse(cp_x == 0, 0, qbeta(cp_tail, pmax(cp_x, 1), cp_n - cp_x + 1))
cp_upper <- ifelse(cp_x == cp_n, 1, qbeta(cp_tail, cp_x + 1, pmax(cp_n - cp_x, 1), lower.tail = FALSE))
cp_want <- cbind(cp_x / cp_n, cp_lower, cp_upper)
cp_lines <- paste("cp", number(cp_x), number(cp_n), number(cp_level))

# --- the other intervals, tests, adjusted p values, summaries --------------------------------------------------------

ci_cases <- 6000
ci_n <- sample(2:400, ci_cases, replace = TRUE)
ci_x <- floor(runif(ci_cases) * (ci_n + 1))
ci_level <- sample(c(.5, .8, .9, .95, .99, .999), ci_cases, replace = TRUE)
ci_tail <- (1 - ci_level) / 2
ci_rows <- seq_len(ci_cases)

jeffreys <- function(i) {
    a <- ci_x[i] + .5
    b <- ci_n[i] - ci_x[i] + .5
    c(if (ci_x[i] == 0) 0 else qbeta(ci_tail[i], a, b),
      if (ci_x[i] == ci_n[i]) 1 else qbeta(ci_tail[i], a, b, lower.tail = FALSE))
}
# prop.test takes the limits as centre minus half a width, which leaves 1e-17 or so where they are 0 or 1.
score <- function(i, correct) {
    limits <- suppressWarnings(prop.test(ci_x[i], ci_n[i], conf.level = ci_level[i], correct = correct)$conf.int)
    c(if (ci_x[i] == 0) 0 else limits[1], if (ci_x[i] == ci_n[i]) 1 else limits[2])
}
# Wilson with continuity correction: prop.test corrects by the distance to p = 1/2 where that is less than 1/2
corrected <- function(i) {
    if (abs(ci_x[i] - ci_n[i] / 2) < .5) NULL else score(i, TRUE)
}
wald <- function(i) {
    p <- ci_x[i] / ci_n[i]
    half <- qnorm(1 - ci_tail[i]) * sqrt(p * (1 - p) / ci_n[i])
    pmin(1, pmax(0, c(p - half, p + half)))
}
agresti <- function(i) {
    z <- qnorm(1 - ci_tail[i])
    n <- ci_n[i] + z^2
    p <- (ci_x[i] + z^2 / 2) / n
    half <- z * sqrt(p * (1 - p) / n)
    pmin(1, pmax(0, c(p - half, p + half)))
}
ci_methods <- list("wilson" = function(i) score(i, FALSE), "wilson-cc" = corrected, "jeffreys" = jeffreys,
                   "agresti-coull" = agresti, "wald" = wald)
ci_lines <- unlist(lapply(names(ci_methods), function(m) {
    paste("ci", m, 0, ci_x, ci_n, number(ci_level))
}))
ci_want <- unlist(lapply(ci_methods, function(method) {
    lapply(ci_rows, function(i) {
        limits <- method(i)
        if (!is.null(limits)) c(ci_x[i] / ci_n[i], limits)
    })
}), recursive = FALSE)

bt_cases <- 6000
bt_n <- sample(1:400, bt_cases, replace = TRUE)
bt_p <- sample(c(.05, .1, .2, .25, .3, .5, .75), bt_cases, replace = TRUE)
bt_p[1:2000] <- runif(2000)
bt_x <- pmin(bt_n, pmax(0, rbinom(bt_cases, bt_n, bt_p) + sample(-3:3, bt_cases, replace = TRUE)))
bt_kind <- sample(c("two-sided", "greater", "less"), bt_cases, replace = TRUE)
bt_lines <- paste("bt", bt_kind, bt_x, bt_n, number(bt_p))
bt_want <- Map(function(x, n, p, kind) binom.test(x, n, p, sub("-", ".", kind))$p.value, bt_x, bt_n, bt_p, bt_kind)

pa_cases <- 5000
pa_values <- lapply(seq_len(pa_cases), function(i) round(runif(sample(1:12, 1))^2, sample(2:6, 1)))
pa_method <- sample(c("holm", "hochberg", "bonferroni"), pa_cases, replace = TRUE)
pa_lines <- mapply(function(m, p) paste("pa", m, length(p), paste(number(p), collapse = " ")), pa_method, pa_values)
pa_want <- Map(function(m, p) p.adjust(p, m), pa_method, pa_values)

su_cases <- 5400
su_type <- rep(1:9, length.out = su_cases)
su_values <- lapply(seq_len(su_cases), function(i) {
    n <- sample(1:30, 1)
    if (i %% 3 == 0) round(rnorm(n, 50, 20)) else rlnorm(n, sample(c(-20, 0, 3, 20), 1))
})
su_lines <- mapply(function(t, v) paste("su", t, length(v), paste(number(v), collapse = " ")), su_type, su_values)
su_want <- Map(function(t, v) {
    logs <- if (all(v > 0)) log(v) else NA
    c(mean(v), sd(v), quantile(v, c(.25, .5, .75), type = t, names = FALSE), exp(mean(logs)), sqrt(expm1(var(logs))))
}, su_type, su_values)
su_want[lengths(su_values) == 1] <- lapply(su_want[lengths(su_values) == 1], function(w) replace(w, 7, NA))

more_lines <- c(ci_lines, bt_lines, pa_lines, su_lines)
more_want <- c(ci_want, bt_want, pa_want, su_want)

# --- Kaplan-Meier -----------------------------------------------------------------------------------------------------

kinds <- list(
    continuous = function(n) rexp(n, .1),
    days = function(n) ceiling(rexp(n, .01)),
    heavy_ties = function(n) sample(0:4, n, replace = TRUE),
    all_tied = function(n) rep(runif(1), n),
    months = function(n) sample(100, n, replace = TRUE) / 30.4375,
    # the same number of days reached by different sums
    torn_months = function(n) { d <- sample(40, n, replace = TRUE); k <- runif(n); (d * k + d * (1 - k)) / 30.4375 },
    jitter = function(n) sample(10, n, replace = TRUE) * (1 + sample(c(0, 1e-12, 1e-6), n, replace = TRUE)),
    nanoseconds = function(n) sample(50, n, replace = TRUE) * 1e-9,
    small = function(n) runif(n) * 1e-6,
    huge = function(n) floor(runif(n) * 1e6) * 1e12,
    largest = function(n) runif(n) * 1e300,
    wide = function(n) 10^runif(n, -3, 9),
    zeros = function(n) ifelse(runif(n) < .3, 0, round(rexp(n), 1))
)

make_case <- function(i) {
    n <- if (i %% 10 == 0) 1 else if (i %% 10 == 1) 2 else if (i %% 50 == 2) 300 else sample(3:60, 1)
    time <- kinds[[1 + i %% length(kinds)]](n)
    event <- runif(n) < sample(c(0, .1, .5, .8, 1), 1, prob = c(1, 2, 4, 2, 1))
    list(time = time, event = event, conf = sample(3, 1), level = sample(c(.5, .8, .9, .95, .99), 1),
         reverse = i %% 3 == 0, at = c(runif(1) * 1.1 * max(time), time[1], 0))
}

# A limit that rises again is read where it first crosses, as print.survfit does and quantile.survfit does not: the
# limits are made never to rise before R inverts them.
falling <- function(limit) {
    known <- !is.na(limit)
    limit[known] <- cummin(limit[known])
    limit
}

quantiles <- function(fit) {
    raw <- quantile(fit, orders)
    fit$lower <- falling(fit$lower)
    fit$upper <- falling(fit$upper)
    got <- quantile(fit, orders)
    flat <- function(q) as.vector(rbind(q$quantile, q$lower, q$upper)[, -1])
    list(value = flat(got), rises = !identical(flat(raw), flat(got)))
}

km_want <- function(case) {
    whole <- aeqSurv(Surv(case$time, case$event))
    cuts <- sort(unique(whole[, 1]))
    rank <- match(whole[, 1], cuts)
    conf <- transforms[case$conf]
    if (case$reverse) {
        # events first: at each time the censored ones come half a step later (R itself takes them at once)
        fit <- survfit(Surv(2 * rank + !case$event, !case$event) ~ 1, conf.type = conf, conf.int = case$level)
        row <- findInterval(2 * seq_along(cuts) + 1, fit$time)
        n_event <- tabulate(rank[!case$event], length(cuts))
        n_censor <- tabulate(rank[case$event], length(cuts))
    } else {
        fit <- survfit(Surv(case$time, case$event) ~ 1, conf.type = conf, conf.int = case$level)
        row <- seq_along(cuts)
        stopifnot(identical(as.numeric(fit$time), as.numeric(cuts)))
        n_event <- fit$n.event
        n_censor <- fit$n.censor
    }
    n_risk <- rev(cumsum(rev(n_event + n_censor)))
    steps <- cbind(cuts, n_risk, n_event, n_censor, fit$surv[row], (fit$surv * fit$std.err)[row], fit$lower[row],
                   fit$upper[row])
    if (case$reverse) fit$time <- cuts[fit$time %/% 2]
    q <- quantiles(fit)
    at <- unlist(lapply(case$at, km_at, steps = steps, case = case, rank = rank))
    list(value = c(length(cuts), t(steps), q$value, at), rises = q$rises)
}

# The step in force at a time.  Unlike R, nothing is said beyond the last observed time unless S is 0 there, and before
# the first one log-log limits do not exist, as after it while S is 1.
km_at <- function(at, steps, case, rank) {
    slack <- sqrt(.Machine$double.eps) * max(1, mean(unique(case$time)))
    row <- sum(steps[, 1] - at <= slack)
    on <- row > 0 && at - max(case$time[rank == row]) <= slack
    if (row == nrow(steps) && !on) {
        return(c(at, 0, 0, 0, if (steps[row, 5] == 0) 0 else NA, NA, NA, NA))
    }
    unit <- if (case$conf == 1) NA else 1
    estimate <- if (row == 0) c(1, 0, unit, unit) else steps[row, 5:8]
    counts <- if (on) steps[row, 2:4] else c(steps[row + 1, 2], 0, 0)
    c(at, counts, estimate)
}

km_cases <- 6000
cases <- lapply(seq_len(km_cases), make_case)
km_lines <- vapply(cases, function(case) {
    paste("km", case$conf - 1, number(case$level), as.integer(case$reverse), paste(number(case$at), collapse = " "),
          length(case$time), paste(number(case$time), as.integer(case$event), collapse = " "))
}, "")

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))
source(file.path(here, "km.R"))

# --- all --------------------------------------------------------------------------------------------------------------

input <- tempfile()
output <- tempfile()
writeLines(c(cp_lines, km_lines, kmx_lines, more_lines), input)
status <- system2(driver, stdin = input, stdout = output)
if (status != 0) {
    cat("the driver ended with status", status, "\n")
    quit(status = 3)
}
results <- lapply(strsplit(trimws(readLines(output)), " ", fixed = TRUE), as.numeric)
before_more <- cp_cases + km_cases + length(kmx_cases)
stopifnot(length(results) == before_more + length(more_lines))

passed <- 0
failed <- 0
rises <- 0
judge <- function(line, got, want) {
    if (agree(got, want)) {
        passed <<- passed + 1
    } else {
        failed <<- failed + 1
        if (failed <= 10) {
            cat("FAILED", substr(line, 1, 200), "\n  ours", number(got), "\n  R   ", number(want), "\n")
        }
    }
}
for (i in seq_len(cp_cases)) {
    judge(cp_lines[i], results[[i]], cp_want[i, ])
}
for (i in seq_len(km_cases)) {
    want <- km_want(cases[[i]])
    rises <- rises + want$rises
    judge(km_lines[i], results[[cp_cases + i]], want$value)
}
for (i in seq_along(kmx_cases)) {
    judge(kmx_lines[i], results[[cp_cases + km_cases + i]], kmx_want(kmx_cases[[i]]))
}
for (i in seq_along(more_lines)) {
    if (!is.null(more_want[[i]])) judge(more_lines[i], results[[before_more + i]], more_want[[i]])
}
cat(sprintf("%d intervals of other methods, %d tests, %d sets of p values, %d samples\n", length(ci_lines), bt_cases,
            pa_cases, su_cases))
cat(sprintf("R %s, survival %s: %d intervals, %d curves, of which %d with a limit that rises again\n",
            getRversion(), packageVersion("survival"), cp_cases, km_cases + length(kmx_cases), rises))
cat(sprintf("%d passed, %d failed\n", passed, failed))
quit(status = if (failed > 0) 1 else 0)
