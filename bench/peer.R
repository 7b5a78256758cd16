# peer.R - what R takes for the work that run.py measures of onearm.
#
#   Rscript peer.R report DIRECTORY OUT   a part of a report: from our datasets to two curves, two intervals, three PDFs
#   Rscript peer.R read FILE...           SAS transport files with haven
#   Rscript peer.R km N                   survival::survfit of N distinct times
#   Rscript peer.R compare N PAIRS       survival::survdiff and coxph of N subjects in two groups; exact wilcox.test of PAIRS
#   Rscript peer.R simon NMAX             clinfun::ph2simon of p0 0.1, p1 0.3, alpha 0.05, beta 0.1
#   Rscript peer.R clopper_pearson N      N intervals by one vectorised call of qbeta a limit
#
# Prints "seconds 1.23" (compare: logrank, cox and wilcoxon): the work alone, without the start of R, the loading of packages and the making of the data.
arguments <- commandArgs(trailingOnly = TRUE)
set.seed(1)

seconds <- function(work, name = "seconds") {
    gc(FALSE)
    cat(name, system.time(work)[["elapsed"]], "\n")
}

limits <- function(x, n, level = 0.95) {
    tail <- (1 - level) / 2
    list(lower = qbeta(tail, x, n - x + 1), upper = qbeta(tail, x + 1, n - x, lower.tail = FALSE))
}

curve <- function(adtte, parameter) {
    rows <- adtte[adtte$PARAMCD == parameter, ]
    survival::survfit(survival::Surv(AVAL / 30.4375, 1 - CNSR) ~ 1, data = rows, conf.type = "log-log")
}

report <- function(from, to) {
    read <- function(name) read.csv(file.path(from, name), colClasses = c(SUBJID = "character"))
    adsl <- suppressWarnings(read("adsl.csv"))
    adrs <- suppressWarnings(read("adrs.csv"))
    adtte <- suppressWarnings(read("adtte.csv"))
    best <- adrs$AVALC[adrs$PARAMCD == "BOR"]
    responders <- c(sum(best %in% c("CR", "PR")), sum(best %in% c("CR", "PR", "SD")))
    print(limits(responders, nrow(adsl)))
    for (parameter in c("PFS", "OS")) {
        fit <- curve(adtte, parameter)
        print(fit)
        pdf(file.path(to, paste0(parameter, ".pdf")))
        plot(fit, xlab = "Months", ylab = parameter, mark.time = TRUE)
        dev.off()
    }
    pdf(file.path(to, "response.pdf"))
    barplot(table(best))
    dev.off()
}

switch(arguments[1],
    report = report(arguments[2], arguments[3]),
    read = seconds(lapply(arguments[-1], haven::read_xpt)),
    km = {
        n <- as.integer(arguments[2])
        time <- sample.int(n) / 30.4375
        event <- as.integer(runif(n) < 0.5)
        survival::survfit
        seconds(survival::survfit(survival::Surv(time, event) ~ 1, conf.type = "log-log"))
    },
    compare = {
        n <- as.integer(arguments[2])
        time <- survival::Surv(sample.int(n) / 30.4375, as.integer(runif(n) < 0.5))
        group <- as.integer(runif(n) < 0.5)
        difference <- runif(as.integer(arguments[3])) - 0.48
        seconds(survival::survdiff(time ~ group), "logrank")
        seconds(survival::coxph(time ~ group), "cox")
        seconds(wilcox.test(difference, exact = TRUE, conf.int = TRUE), "wilcoxon")
    },
    simon = {
        clinfun::ph2simon
        seconds(clinfun::ph2simon(0.1, 0.3, 0.05, 0.1, nmax = as.integer(arguments[2])))
    },
    clopper_pearson = {
        n <- sample.int(200, as.integer(arguments[2]), replace = TRUE)
        x <- floor(runif(length(n)) * (n + 1))
        seconds(limits(x, n))
    },
    stop("usage: see the head of this file")
)
