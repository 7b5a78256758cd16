# km.R - the second part of check_r.R for Kaplan-Meier: every transformation, weights, near times apart, quantiles of
# any order, reverse estimates, restricted means and hazards.  It is sourced; `judge` and `number` are check_r.R's.
#
# A case is a line "kmx CONF LEVEL REVERSE NAIVE EXACT WEIGHTED TAU P AT N T1 E1 W1 ..."; see stats_stdin.c.

kmx_kinds <- list(
    nanoseconds = function(n) sample(50, n, replace = TRUE) * 1e-9,
    heavy_ties = function(n) sample(1:5, n, replace = TRUE),
    continuous = function(n) rexp(n, .1),
    months = function(n) sample(100, n, replace = TRUE) / 30.4375,
    torn = function(n) { d <- sample(20, n, replace = TRUE); k <- runif(n); (d * k + d * (1 - k)) / 30.4375 },
    all_tied = function(n) rep(runif(1), n),
    wide = function(n) 10^runif(n, -3, 9)
)
kmx_conf <- c("log-log", "log", "plain", "logit", "arcsin")

kmx_case <- function(i) {
    n <- if (i %% 9 == 0) 1 else if (i %% 9 == 1) 2 else sample(3:50, 1)
    time <- kmx_kinds[[1 + i %% length(kmx_kinds)]](n)
    event <- runif(n) < sample(c(0, .1, .5, .8, 1), 1, prob = c(1, 2, 4, 2, 1))
    weighted <- i %% 2 == 0
    weight <- if (!weighted) rep(1, n) else if (i %% 4 == 0) sample(5, n, replace = TRUE)
              else ceiling(10^runif(n, 0, 6))
    list(time = time, event = event, weight = weight, weighted = weighted, conf = 1 + i %% 5,
         naive = i %% 5 == 0, exact = i %% 3 == 0, level = sample(c(.5, .8, .95, .99), 1), p = runif(1),
         tau = max(time) * runif(1, .05, 1), at = runif(1) * max(time))
}

kmx_line <- function(case) {
    paste("kmx", case$conf - 1, number(case$level), as.integer(case$naive), as.integer(case$naive),
          as.integer(case$exact), as.integer(case$weighted), number(case$tau), number(case$p), number(case$at),
          length(case$time),
          paste(number(case$time), as.integer(case$event), number(case$weight), collapse = " "))
}

# R's logit limit 1 - 1 / (1 + exp(x)) loses digits where it is small; the same by plogis.
kmx_limits <- function(fit, conf, level) {
    if (conf != "logit") return(list(lower = fit$lower, upper = fit$upper))
    s <- fit$surv
    open <- s > 0 & s < 1
    spread <- qnorm(1 - (1 - level) / 2) * fit$std.err / (1 - s)
    list(lower = ifelse(open, plogis(qlogis(s) - spread), NA), upper = ifelse(open, plogis(qlogis(s) + spread), NA))
}

kmx_want <- function(case) {
    event <- if (case$naive) !case$event else case$event
    conf <- kmx_conf[case$conf]
    fit <- survfit(Surv(case$time, event) ~ 1, weights = case$weight, conf.type = conf, conf.int = case$level,
                   timefix = !case$exact)
    limits <- kmx_limits(fit, conf, case$level)
    fit$lower <- falling(limits$lower)
    fit$upper <- falling(limits$upper)
    steps <- cbind(fit$time, fit$n.risk, fit$n.event, fit$n.censor, fit$surv, fit$surv * fit$std.err,
                   limits$lower, limits$upper)
    steps[fit$surv == 0, 6] <- NA
    q <- quantile(fit, c(0, case$p)) # 0 keeps it from leaving early
    # the mean and its variance as survmean has them, summed here so that tau may lie between times
    z <- qnorm(1 - (1 - case$level) / 2)
    seen <- fit$time <= case$tau
    ends <- c(0, fit$time[seen], case$tau)
    pieces <- diff(ends) * c(1, fit$surv[seen])
    after <- rev(cumsum(rev(pieces[-1])))
    d <- fit$n.event[seen]
    r <- fit$n.risk[seen]
    mean_se <- sqrt(sum(ifelse(r > d, after^2 * d / (r * (r - d)), 0)))
    mean <- sum(pieces) + c(0, -1, 1) * z * mean_se
    # a time that is tied with a step lies on it
    slack <- if (case$exact) 0 else sqrt(.Machine$double.eps) * max(1, mean(unique(case$time)))
    then <- fit$time <= case$at + slack
    hazard <- sum((fit$n.event / fit$n.risk)[then])
    hazard_se <- sqrt(sum((fit$n.event / fit$n.risk^2)[then]))
    c(nrow(steps), t(steps), q$quantile[2], q$lower[2], q$upper[2], mean[1], mean_se, mean[2:3], hazard, hazard_se,
      hazard + c(-1, 1) * z * hazard_se)
}

kmx_cases <- lapply(seq_len(6000), kmx_case)
kmx_pbc <- lapply(1:2, function(arm) with(pbc[1:312, ][pbc$trt[1:312] == arm, ], {
    list(time = time / 365.25, event = status == 2, weight = rep(1, length(time)), weighted = FALSE, conf = 1,
         naive = FALSE, exact = FALSE, level = .95, p = .5, tau = 10, at = 5)
}))
kmx_cases <- c(kmx_cases, kmx_pbc)
kmx_lines <- vapply(kmx_cases, kmx_line, "")

# The published examples, with the numbers that the package prints for them.
kmx_published <- function() {
    shown <- summary(survfit(Surv(time, status) ~ 1, data = lung), times = c(180, 365))
    stopifnot(abs(shown$surv - c(.72167065, .40924162)) < 5e-9, abs(shown$std.err - c(.029812419, .035823638)) < 5e-10)
    mean <- survival:::survmean(survfit(Surv(time, status) ~ 1, data = lung), rmean = 365)$matrix
    stopifnot(abs(mean[c("rmean", "se(rmean)")] - c(263.2218665, 7.7988591)) < 5e-8)
    # restricted means up to 10 years of the two arms of pbc, as survRM2 prints them: estimate, standard error, limits
    printed <- list(c(7.146493, .28277485, 6.5922645, 7.7007215), c(7.2834158, .29547809, 6.7042893, 7.8625422))
    for (arm in 1:2) {
        want <- rev(rev(kmx_want(kmx_pbc[[arm]]))[5:8])
        stopifnot(abs(want - printed[[arm]]) < 1e-6)
    }
}
kmx_published()
