# check_best.R - REQ-BEST-018 and REQ-BEST-013: BOR and confirmed BOR of reported responses against a restatement of admiralonco.
#
#   Rscript check_best.R PATH/TO/onearm DIRECTORY_WITH_RS_XPT
#
# For each evaluator of rs.xpt, and with no or one SD between a PR and its confirmation, onearm derives ADRS with
# cr_then_pr: asis; here the same is worked out from rs.xpt (read by haven) as admiralonco's template and its
# derive_param_bor(), derive_param_confirmed_bor() and derive_param_confirmed_resp() define it.  Value and date must be
# equal for every subject.  Prints "N passed, N failed"; exit status 1 on a failure.
suppressPackageStartupMessages(library(haven))

arguments <- commandArgs(trailingOnly = TRUE)
onearm <- arguments[1]
data <- arguments[2]
window <- 35
confirm <- 28
max_ne <- 1

# --- admiralonco, restated -------------------------------------------------------------------------------------------

order_of <- c(CR = 1, PR = 2, SD = 3, "NON-CR/NON-PD" = 4, PD = 5, NE = 6)
worst <- c(NE = 1, CR = 2, PR = 3, SD = 4, "NON-CR/NON-PD" = 5, PD = 6)

# ANL01FL: of each day the worst of the valid responses on or after the start; then up to the first PD.
prepare <- function(r, start) {
    r <- r[r$value %in% names(order_of) & r$date >= start, ]
    r <- r[order(r$date, worst[r$value], r$seq), ]
    r <- r[!duplicated(r$date, fromLast = TRUE), ]
    pd <- r$date[r$value == "PD"]
    if (length(pd)) r[r$date <= min(pd), ] else r
}

confirms <- function(r, i, wanted, max_sd) {
    later <- seq_len(nrow(r))[-seq_len(i)]
    good <- if (wanted == "CR") "CR" else c("CR", "PR")
    hits <- later[r$value[later] %in% good & r$date[later] >= r$date[i] + confirm]
    if (r$value[i] != wanted || !length(hits)) return(FALSE)
    between <- r[(i + 1):hits[1], ]
    n <- function(value) sum(between$value == value)
    if (wanted == "CR") return(all(between$value %in% c("CR", "NE")) && n("NE") <= max_ne)
    all(between$value %in% c("CR", "PR", "SD", "NE")) && n("NE") <= max_ne && n("SD") <= max_sd &&
        (n("CR") == 0 || n("PR") == 0 ||
             min(between$date[between$value == "CR"]) > max(between$date[between$value == "PR"]))
}

best <- function(r, start, max_sd, confirmed) {
    if (!nrow(r)) return(list(value = "MISSING", date = as.Date(NA)))
    late <- r$date >= start + window
    response <- r$value %in% c("CR", "PR")
    candidates <- data.frame(value = character(), at = integer())
    add <- function(value, which) rbind(candidates, data.frame(value = rep(value, length(which)), at = which))
    if (confirmed) {
        for (wanted in c("CR", "PR")) {
            candidates <- add(wanted, Filter(function(i) confirms(r, i, wanted, max_sd), seq_len(nrow(r))))
        }
        candidates <- add("SD", which((response | r$value == "SD") & late))
        candidates <- add("NE", which(r$value != "PD" & (!late | r$value == "NE")))
    } else {
        for (wanted in c("CR", "PR")) candidates <- add(wanted, which(r$value == wanted))
        candidates <- add("SD", which(r$value == "SD" & late))
        candidates <- add("NE", which(r$value == "NE" | (r$value %in% c("SD", "NON-CR/NON-PD") & !late)))
    }
    candidates <- add("NON-CR/NON-PD", which(r$value == "NON-CR/NON-PD" & late))
    candidates <- add("PD", which(r$value == "PD"))
    first <- candidates[order(order_of[candidates$value], r$date[candidates$at]), ][1, ]
    list(value = first$value, date = r$date[first$at])
}

response <- function(r, max_sd) {
    began <- Filter(function(i) confirms(r, i, "CR", max_sd) || confirms(r, i, "PR", max_sd), seq_len(nrow(r)))
    if (length(began)) list(value = "Y", date = r$date[began[1]]) else list(value = "N", date = as.Date(NA))
}

# --- onearm ----------------------------------------------------------------------------------------------------------

protocol_of <- function(eval, id, max_sd) {
    c("onearm: 1", "study: {id: CHECK}",
      sprintf("response: {source: reported, evaluator: %s%s, sd_min_days: %d, cr_then_pr: asis,", eval,
              if (nzchar(id)) paste0(", evaluator_id: ", id) else "", window),
      sprintf("           confirm: {days: %d, max_ne: %d, max_sd: %d}}", confirm, max_ne, max_sd))
}

derive <- function(protocol) {
    out <- tempfile("best")
    file <- tempfile(fileext = ".yaml")
    writeLines(protocol, file)
    status <- system2(onearm, c("derive", "--protocol", file, "--data", data, "--out", out), stdout = FALSE,
                      stderr = FALSE)
    if (status > 1) stop("onearm derive: exit status ", status)
    list(adrs = read.csv(file.path(out, "adrs.csv"), colClasses = "character", na.strings = NULL),
         adsl = read.csv(file.path(out, "adsl.csv"), colClasses = "character", na.strings = NULL))
}

# --- each evaluator --------------------------------------------------------------------------------------------------

rs <- as.data.frame(read_xpt(file.path(data, "rs.xpt")))
rs <- rs[rs$RSTESTCD == "OVRLRESP", ]
rs <- data.frame(subject = rs$USUBJID, eval = rs$RSEVAL, id = rs$RSEVALID, value = rs$RSSTRESC,
                 date = as.Date(rs$RSDTC), seq = rs$RSSEQ)
evaluators <- unique(rs[c("eval", "id")])
passed <- 0
failed <- 0
for (e in seq_len(nrow(evaluators))) {
    for (max_sd in 0:1) {
        eval <- evaluators$eval[e]
        id <- evaluators$id[e]
        ours <- derive(protocol_of(eval, id, max_sd))
        treated <- ours$adsl[nzchar(ours$adsl$TRTSDT), ]
        for (s in seq_len(nrow(treated))) {
            subject <- treated$USUBJID[s]
            start <- as.Date(treated$TRTSDT[s])
            r <- prepare(rs[rs$subject == subject & rs$eval == eval & rs$id == id, ], start)
            wants <- list(BOR = best(r, start, max_sd, FALSE), CBOR = best(r, start, max_sd, TRUE),
                          CRSP = response(r, max_sd))
            for (code in names(wants)) {
                row <- ours$adrs[ours$adrs$USUBJID == subject & ours$adrs$PARAMCD == code, ]
                want <- wants[[code]]
                date <- if (is.na(want$date)) "" else format(want$date)
                same <- nrow(row) == 1 && row$AVALC == want$value && row$ADT == date
                passed <- passed + same
                failed <- failed + !same
                if (!same) {
                    cat(sprintf("%s %s, %s %s, max_sd %d: onearm %s %s, admiralonco %s %s\n", subject, code, eval, id,
                                max_sd, row$AVALC, row$ADT, want$value, date))
                }
            }
        }
    }
}
# --- REQ-BEST-013: each target time point of each evaluator is measured, each difference has its reason ---------------

out <- tempfile("measured")
file <- tempfile(fileext = ".yaml")
writeLines(c("onearm: 1", "study: {id: CHECK}"), file)
system2(onearm, c("derive", "--protocol", file, "--data", data, "--out", out), stdout = FALSE, stderr = FALSE)
read <- function(name) read.csv(file.path(out, name), colClasses = "character", na.strings = NULL)
adrsr <- read("adrsr.csv")
differ <- read("discrepancies.csv")
target <- adrsr[adrsr$PARAMCD == "TRGRESP", ]
both <- adrsr[adrsr$PARAMCD %in% c("TRGRESP", "NTRGRESP", "OVR"), ]
checks <- c(nrow(target) == nrow(rs), all(nzchar(target$MEASC)), nrow(differ) == sum(both$MEASC != both$REPC),
            all(nzchar(differ$RULE)), all(grepl(": measured .*, reported ", differ$REASON)))
passed <- passed + sum(checks)
failed <- failed + sum(!checks)
cat(nrow(target), "target time points measured,", nrow(differ), "differences explained\n")

cat(passed, "passed,", failed, "failed\n")
quit(status = if (failed > 0 || passed == 0) 1 else 0)
