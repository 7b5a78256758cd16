# compare.R - REQ-CMP-020: log-rank, Cox, cumulative incidence, signed ranks, t, sign, one-sample log-rank and ratios with
# censored values against R (stats, survival) on random data.
#
#   Rscript compare.R PATH/TO/compare_stdin
#
# Each routine has 5000 data sets or more and is compared to 1e-10 relative, or absolute where a number can come out near
# 0 by cancellation (the scale is said beside it).  Exact p with ties are counted over all signs.  Prints "N passed, M
# failed"; exit status 1 on a failure, 3 when the driver fails.
suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20)

driver <- commandArgs(trailingOnly = TRUE)[1]
number <- function(x) sprintf("%.17g", x)
words <- function(...) paste(..., collapse = " ")

passed <- 0
failed <- 0
refused <- 0
judge <- function(line, got, want, slack = 0, tolerance = 1e-10) {
    good <- length(got) == length(want) && all(is.na(got) == is.na(want)) &&
        all(is.na(want) | got == want | abs(got - want) <= tolerance * (abs(want) + slack))
    if (good) {
        passed <<- passed + 1
    } else {
        failed <<- failed + 1
        if (failed <= 10) {
            cat("FAILED", substr(line, 1, 300), "\n  ours", head(number(got), 12), "\n  R   ", head(number(want), 12), "\n")
        }
    }
}

# Runs the driver on all lines; NULL stands for "refused".
run <- function(lines) {
    input <- tempfile()
    output <- tempfile()
    writeLines(lines, input)
    if (system2(driver, stdin = input, stdout = output) != 0) {
        cat("the driver failed\n")
        quit(status = 3)
    }
    said <- trimws(readLines(output))
    stopifnot(length(said) == length(lines))
    lapply(strsplit(said, " ", fixed = TRUE), function(x) if (identical(x, "refused")) NULL else as.numeric(x))
}

# judged(cases, line, want): want(case) gives list(value, slack), or NULL where R has no answer; then we must refuse.
judged <- function(what, cases, line, want, tolerance = 1e-10) {
    lines <- vapply(cases, line, "")
    results <- run(lines)
    for (i in seq_along(cases)) {
        answer <- want(cases[[i]])
        if (is.null(answer) || is.null(results[[i]])) {
            refused <<- refused + 1
            judge(lines[i], as.numeric(is.null(results[[i]])), as.numeric(is.null(answer)))
        } else {
            judge(lines[i], results[[i]], answer$value, if (is.null(answer$slack)) 0 else answer$slack, tolerance)
        }
    }
    cat(sprintf("%-10s %d data sets, %.0f s\n", what, length(cases), proc.time()[["elapsed"]]))
}

times <- list(
    function(n) rexp(n, .1), function(n) ceiling(rexp(n, .01)), function(n) sample(0:4, n, TRUE), function(n) rep(7, n),
    function(n) sample(100, n, TRUE) / 30.4375, function(n) sample(50, n, TRUE) * 1e-9, function(n) floor(runif(n) * 1e6) * 1e12,
    function(n) sample(10, n, TRUE) * (1 + sample(c(0, 1e-12, 1e-6), n, TRUE))
)
any_time <- function(i, n) times[[1 + i %% length(times)]](n)
any_size <- function(i) if (i %% 10 == 0) sample(2, 1) else if (i %% 50 == 1) 200 else sample(3:40, 1)
any_event <- function(n) as.integer(runif(n) < sample(c(.1, .5, .8, 1), 1))

# --- log-rank ---------------------------------------------------------------------------------------------------------

logrank_case <- function(i) {
    n <- any_size(i)
    k <- sample(2:4, 1)
    list(time = any_time(i, n), event = any_event(n), group = sample(k, n, TRUE) - 1, k = k,
         stratum = sample(if (i %% 3 == 0) 3 else 1, n, TRUE), rho = sample(c(0, 0, 1, .5), 1))
}
judged("logrank", lapply(1:5000, logrank_case),
    function(c) words("logrank", c$rho, c$k, length(c$time), words(number(c$time), c$event, c$group, c$stratum)),
    function(c) {
        if (!any(c$event == 1)) return(NULL)
        y <- aeqSurv(Surv(c$time, c$event))
        present <- sort(unique(c$group)) + 1
        if (length(present) < 2) return(NULL)
        fit <- survival:::survdiff.fit(y, factor(c$group), c$stratum, c$rho)
        observed <- rowSums(as.matrix(fit$observed))
        expected <- rowSums(as.matrix(fit$expected))
        sums <- matrix(0, 3, c$k) # a group without subjects has none
        sums[, present] <- rbind(observed, expected, diag(fit$var))
        in_test <- which(expected > 0)[-1]
        if (length(in_test) == 0) return(NULL)
        v <- fit$var[in_test, in_test, drop = FALSE]
        if (qr(v / max(abs(v), 1e-300), tol = 1e-9)$rank < length(in_test)) return(NULL)
        excess <- (observed - expected)[in_test]
        chisq <- sum(excess * solve(v, excess))
        df <- length(in_test)
        # chi-square and p can come out near 0 and 1 from sums as large as the events
        list(value = c(chisq, df, pchisq(chisq, df, lower.tail = FALSE), sums),
             slack = 1 + sqrt(sum(c$event) * chisq))
    })

# --- Cox --------------------------------------------------------------------------------------------------------------

control <- coxph.control(eps = 1e-14, iter.max = 60, toler.chol = 1e-15, toler.inf = 1e-30)
cox_case <- function(i) {
    n <- max(8, any_size(i))
    p <- sample(3, 1)
    x <- matrix(if (i %% 2) rnorm(n * p, 5) else rbinom(n * p, 1, .5), n)
    storage.mode(x) <- "double"
    risk <- exp((x - mean(x)) %*% rep(.4, p))
    list(time = any_time(i, n) / (if (i %% 8 == 1) risk else 1), event = any_event(n), x = x,
         stratum = sample(if (i %% 3 == 0) 2 else 1, n, TRUE), ties = sample(0:1, 1))
}
# Separated: R's iterations run away (its standard error is then thousands of times what it is at 0).
judged("cox", lapply(1:8000, cox_case),
    function(c) words("cox", c$ties, ncol(c$x), length(c$time),
                      words(number(c$time), c$event, c$stratum, apply(matrix(number(c$x), nrow(c$x)), 1, paste, collapse = " "))),
    function(c) {
        if (!any(c$event == 1)) return(NULL)
        y <- aeqSurv(Surv(as.vector(c$time), c$event))
        fit <- suppressWarnings(coxph.fit(c$x, y, if (max(c$stratum) > 1) c$stratum, NULL, NULL, control,
            rep(1, nrow(c$x)), if (c$ties == 0) "efron" else "breslow", NULL, resid = FALSE))
        null <- suppressWarnings(coxph.fit(c$x, y, if (max(c$stratum) > 1) c$stratum, NULL, rep(0, ncol(c$x)),
            coxph.control(iter.max = 0), rep(1, nrow(c$x)), if (c$ties == 0) "efron" else "breslow", NULL, resid = FALSE))
        if (anyNA(fit$coefficients) || anyNA(null$var) || anyNA(fit$var) || any(diag(null$var) == 0) || any(diag(fit$var) == 0)) return(NULL)
        information <- diag(solve(null$var, tol = 1e-30))
        # all at risk alike: R's information is what rounding left of 0
        if (any(information * apply(c$x, 2, var) < 1e-10)) return(NULL)
        if (any(diag(fit$var) * information > 1e8) || fit$iter >= 60) return(NULL)
        se <- sqrt(diag(fit$var))
        wald <- sum(fit$coefficients * solve(fit$var, fit$coefficients, tol = 1e-30))
        list(value = c(fit$loglik, fit$score, wald, rbind(fit$coefficients, se)),
             slack = c(1, 1, 1, 1 + max(abs(fit$coefficients / se)), rbind(se, se) * kappa(cov2cor(fit$var))))
    })

# --- cumulative incidence ---------------------------------------------------------------------------------------------

delta_se <- function(time, cause, k, cuts) {
    risk <- vapply(cuts, function(t) sum(time >= t), 0)
    all <- vapply(cuts, function(t) sum(time == t & cause > 0), 0)
    own <- vapply(cuts, function(t) sum(time == t & cause == k), 0)
    after <- cumprod(1 - all / risk)
    before <- c(1, head(after, -1))
    f <- cumsum(before * own / risk)
    weight <- function(d) ifelse(d > 0, before^2 * d / risk^2 * ifelse(d > 1, 1 - (d - 1) / (risk - 1), 1), 0)
    part <- function(i, j) ifelse(after[i] > 0, (f[j] - f[i]) / after[i], 0)
    vapply(seq_along(cuts), function(j) {
        i <- seq_len(j)
        sqrt(sum(weight(own)[i] * (1 - part(i, j))^2 + ifelse(after[i] > 0, weight(all - own)[i] * part(i, j)^2, 0)))
    }, 0)
}
limits <- function(conf, f, se) {
    z <- qnorm(.975)
    with_one <- function(x) ifelse(f > 0, x, NA)
    if (conf == 2) return(list(pmax(f - z * se, 0), pmin(f + z * se, 1)))
    if (conf == 1) return(list(with_one(f * exp(-z * se / f)), with_one(pmin(f * exp(z * se / f), 1))))
    inside <- function(sign) ifelse(f > 0 & f < 1, exp(log(f) * exp(sign * z * se / (f * -log(f)))), NA)
    list(inside(1), inside(-1))
}
cuminc_case <- function(i) {
    n <- any_size(i)
    k <- sample(3, 1)
    time <- any_time(i, n)
    list(time = time, y = aeqSurv(Surv(time, rep(1, n)))[, 1], cause = sample(0:k, n, TRUE), k = k,
         variance = i %% 2, conf = sample(0:2, 1))
}
judged("cuminc", lapply(1:6000, cuminc_case),
    function(c) words("cuminc", c$variance, c$conf, c$k, length(c$time), words(number(c$time), c$cause)),
    function(c) {
        cuts <- sort(unique(c$y))
        values <- NULL
        if (c$variance == 0) {
            status <- factor(c$cause, 0:c$k)
            fit <- survfit(Surv(c$y, status) ~ 1, timefix = FALSE)
            stopifnot(identical(as.numeric(fit$time), cuts))
        }
        for (k in seq_len(c$k)) {
            if (c$variance == 0) {
                f <- fit$pstate[, k + 1]
                se <- fit$std.err[, k + 1]
            } else {
                risk <- vapply(cuts, function(t) sum(c$y >= t), 0)
                event <- vapply(cuts, function(t) sum(c$y == t & c$cause > 0), 0)
                own <- vapply(cuts, function(t) sum(c$y == t & c$cause == k), 0)
                f <- cumsum(c(1, head(cumprod(1 - event / risk), -1)) * own / risk)
                se <- delta_se(c$y, c$cause, k, cuts)
            }
            f <- ifelse(abs(f - 1) < 1e-12, 1, f) # a sum that is 1 but for rounding
            l <- limits(c$conf, f, se)
            values <- c(values, rbind(f, se, l[[1]], l[[2]]))
        }
        list(value = values, slack = 1e-5)
    })

# mgus2: plasma cell malignancy (1) before death (2), F at 120 months, with the numbers of survfit and cmprsk
months <- with(mgus2, ifelse(pstat == 1, ptime, futime))
which_event <- with(mgus2, ifelse(pstat == 1, 1, 2 * death))
row <- findInterval(120, sort(unique(months)))
for (variance in 0:1) {
    line <- words("cuminc", variance, 0, 2, length(months), words(number(months), which_event))
    all <- matrix(run(line)[[1]], ncol = 4, byrow = TRUE)
    late <- findInterval(240, sort(unique(months)))
    judge(line, all[c(late, late + length(unique(months))), 1], c(.0998137159, .724027976), tolerance = 1e-8)
    got <- all[c(row, row + length(unique(months))), ]
    judge(line, 1 - sum(got[, 1]), .404460128, tolerance = 2e-9)
    se <- if (variance == 0) c(.00679684842, .0140596452) else sqrt(c(4.6232505e-05, 1.9783606e-04))
    judge(line, c(got[, 1], got[, 2]), c(.0637221680, .531817704, se), tolerance = 1e-8)
    if (variance == 0) judge(line, got[1, 3:4], c(.0512816761, .0779330246), tolerance = 2e-9)
}

# --- signed ranks, t, sign ----------------------------------------------------------------------------------------------

sides <- c("two.sided", "greater", "less")
levels <- c(.8, .9, .95, .99)
signed_case <- function(i) {
    n <- if (i %% 100 == 0) sample(60:300, 1) else sample(1:40, 1)
    list(d = rnorm(n, sample(c(0, .5), 1)) * 10^sample(-3:3, 1), alt = sample(3, 1), level = sample(levels, 1))
}
judged("exact", lapply(1:5000, signed_case),
    function(c) words("wilcoxon", 0, 1, c$alt - 1, c$level, length(c$d), words(number(c$d))),
    function(c) {
        n <- length(c$d)
        v <- sum(rank(abs(c$d))[c$d > 0])
        p <- switch(c$alt, min(1, 2 * min(psignrank(v, n), psignrank(v - 1, n, FALSE))), psignrank(v - 1, n, FALSE), psignrank(v, n))
        w <- outer(c$d, c$d, "+")
        w <- sort(w[!lower.tri(w)]) / 2
        tail <- (1 - c$level) / 2
        k <- max(1, qsignrank(tail, n))
        list(value = c(v, p, median(w), w[k], w[length(w) + 1 - k], 1 - 2 * psignrank(k - 1, n)), slack = 1e-3 * max(abs(w)))
    })

signs <- lapply(1:12, function(n) as.matrix(expand.grid(rep(list(0:1), n))))
tied_case <- function(i) {
    list(d = sample(-4:6, sample(12, 1), TRUE) / 10, alt = sample(3, 1), zeros = sample(0:1, 1))
}
judged("tied", lapply(1:5000, tied_case),
    function(c) words("wilcoxon", c$zeros, 1, c$alt - 1, .95, length(c$d), words(number(c$d))),
    function(c) {
        d <- if (c$zeros == 0) c$d[c$d != 0] else c$d
        r <- rank(abs(d))[d != 0]
        v <- sum(rank(abs(d))[d > 0])
        p <- 1
        if (length(r) > 0) {
            all <- as.vector(signs[[length(r)]] %*% r)
            p <- switch(c$alt, min(1, 2 * min(mean(all <= v), mean(all >= v))), mean(all >= v), mean(all <= v))
        }
        n <- length(c$d)
        w <- outer(c$d, c$d, "+")
        w <- sort(w[!lower.tri(w)]) / 2
        k <- max(1, qsignrank(.025, n))
        list(value = c(v, p, median(w), w[k], w[length(w) + 1 - k], 1 - 2 * psignrank(k - 1, n)), slack = 1e-3)
    })

normal_case <- function(i) {
    list(d = round(rnorm(sample(5:60, 1), .5), 1), alt = sample(3, 1), correct = i %% 2 == 0)
}
judged("normal", Filter(function(c) sum(c$d != 0) > 2, lapply(1:5000, normal_case)),
    function(c) words("wilcoxon", 0, if (c$correct) 2 else 3, c$alt - 1, .95, length(c$d), words(number(c$d))),
    function(c) {
        n <- length(c$d)
        test <- suppressWarnings(wilcox.test(c$d, exact = FALSE, correct = c$correct, alternative = sides[c$alt]))
        v <- test$statistic[[1]]
        m <- sum(c$d != 0)
        # R's correction passes the mean where V is nearer to it than 1/2
        p <- if (c$correct && c$alt == 1 && abs(v - m * (m + 1) / 4) < .5) 1 else test$p.value
        w <- outer(c$d, c$d, "+")
        w <- sort(w[!lower.tri(w)]) / 2
        k <- max(1, qsignrank(.025, n))
        list(value = c(v, p, median(w), w[k], w[length(w) + 1 - k], 1 - 2 * psignrank(k - 1, n)), slack = 1e-3)
    })

t_case <- function(i) list(d = rnorm(sample(2:50, 1), sample(0:2, 1)) * 10^sample(-9:9, 1), alt = sample(3, 1), level = sample(levels, 1))
judged("t", lapply(1:5000, t_case),
    function(c) words("t", c$alt - 1, c$level, length(c$d), words(number(c$d))),
    function(c) {
        test <- t.test(c$d, alternative = sides[c$alt])
        interval <- t.test(c$d, conf.level = c$level)$conf.int
        list(value = c(test$statistic, test$p.value, test$estimate, interval), slack = c(1e-3, 1e-3, rep(1e-3 * sd(c$d), 3)))
    })

judged("sign", lapply(1:5000, function(i) list(d = sample(-3:5, sample(30, 1), TRUE), alt = sample(3, 1), level = sample(levels, 1))),
    function(c) words("sign", c$alt - 1, c$level, length(c$d), words(number(c$d))),
    function(c) {
        n <- length(c$d)
        m <- sum(c$d != 0)
        p <- if (m == 0) 1 else binom.test(sum(c$d > 0), m, alternative = sides[c$alt])$p.value
        k <- max(1, qbinom((1 - c$level) / 2, n, .5))
        list(value = c(p, median(c$d), sort(c$d)[c(k, n + 1 - k)]))
    })

# --- one-sample log-rank ------------------------------------------------------------------------------------------------

one_case <- function(i) {
    n <- any_size(i)
    time <- any_time(i, n) + 1e-9
    list(time = time, entry = if (i %% 2) time * runif(n) * .9 else rep(0, n), event = any_event(n), cumulative = rexp(1),
         at = mean(time), shape = sample(c(.5, 1, 1.7), 1))
}
judged("onesample", lapply(1:5000, one_case),
    function(c) words("onesample", number(c$cumulative), number(c$at), c$shape, length(c$time),
                      words(number(c$time), c$event, number(c$entry))),
    function(c) {
        hazard <- function(t) c$cumulative * (t / c$at)^c$shape
        each <- hazard(c$time) - hazard(c$entry)
        o <- sum(c$event)
        e <- sum(each)
        plain <- survdiff(Surv(c$time, c$event) ~ offset(exp(-each)))
        stopifnot(isTRUE(all.equal(plain$exp, e)))
        z <- (e - o) / sqrt(e)
        fewer <- poisson.test(o, e, alternative = "less")$p.value
        more <- poisson.test(o, e, alternative = "greater")$p.value
        list(value = c(o, e, z, (e - o) / sqrt((e + o) / 2), o / e, poisson.test(o, e)$conf.int,
                       min(1, 2 * min(fewer, more)), 2 * pnorm(-abs(z)), more, pnorm(z), fewer, pnorm(-z)), slack = 1e-3)
    })

# --- ratios -------------------------------------------------------------------------------------------------------------

ratio_case <- function(i) {
    n <- sample(6:40, 1)
    before <- rlnorm(n, 2)
    after <- before * rlnorm(n, -.5, .8)
    limit <- exp(sample(c(-1, 0, 1), 1))
    list(before = pmax(before, limit), bb = as.integer(before < limit), after = pmax(after, limit), ab = as.integer(after < limit))
}
survreg_fit <- function(lower, upper) {
    y <- Surv(lower, upper, type = "interval2")
    fit <- survreg(y ~ 1, dist = "gaussian", control = survreg.control(rel.tolerance = 1e-14, maxiter = 200))
    c(coef(fit)[[1]], fit$scale, fit$loglik[2])
}
profile <- function(m, lower, upper) {
    both <- !is.na(lower) & !is.na(upper)
    likelihood <- function(log_s) {
        s <- exp(log_s)
        sum(dnorm(lower[both], m, s, log = TRUE)) + sum(pnorm(upper[is.na(lower)], m, s, log.p = TRUE)) +
            sum(pnorm(lower[is.na(upper)], m, s, FALSE, TRUE))
    }
    optimize(likelihood, c(-6, 6), maximum = TRUE, tol = 1e-9)$objective
}
ratios <- Filter(function(c) sum(c$bb == 0 & c$ab == 0) > 3 && sum(c$bb + c$ab == 1) > 0, lapply(1:8000, ratio_case))
stopifnot(length(ratios) >= 5000)
lines <- vapply(ratios, function(c) words("ratio", 0, 0, .95, length(c$before), words(number(c$before), c$bb, number(c$after), c$ab)), "")
results <- run(lines)
for (i in seq_along(ratios)) {
    c <- ratios[[i]]
    got <- results[[i]]
    known <- c$bb + c$ab < 2
    y <- log(c$after / c$before)
    lower <- ifelse(c$ab == 1, NA, y)[known]
    upper <- ifelse(c$bb == 1, NA, y)[known]
    want <- survreg_fit(lower, upper)
    judge(lines[i], got[c(1, 4)], want[1:2], slack = want[2], tolerance = 1e-8)
    if (i <= 1000) { # what the profile likelihood is at the limits
        n <- sum(known)
        target <- n * log1p(qt(.975, n - 1)^2 / (n - 1))
        fall <- vapply(got[2:3], function(m) 2 * (want[3] - profile(m, lower, upper)), 0)
        judge(lines[i], fall, rep(target, 2), tolerance = 1e-7)
    }
}
cat(sprintf("%-10s %d data sets, %.0f s\n", "ratio", length(ratios), proc.time()[["elapsed"]]))

cat(sprintf("R %s, survival %s: %d refused by either, and so by both\n", getRversion(), packageVersion("survival"),
            refused))
cat(sprintf("%d passed, %d failed\n", passed, failed))
quit(status = if (failed > 0) 1 else 0)
