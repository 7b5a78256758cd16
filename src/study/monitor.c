/* monitor.c - oa_study_monitor; see onearm/monitor.h. */
#include "study_data.h"

#include "../ard/monitor.h"

const char *oa_advice_text(oa_advice advice) {
    switch (advice) {
    case OA_ADVICE_CONTINUE:
        return "continue";
    case OA_ADVICE_WAIT:
        return "wait";
    case OA_ADVICE_FUTILITY:
        return "stop for futility";
    case OA_ADVICE_TOXICITY:
        return "stop for toxicity";
    case OA_ADVICE_SUCCESS:
        return "success";
    }
    return "";
}

typedef struct monitor_job {
    oa_study *study;
    oa_monitor *monitor;
    oa_diag *diag;
    bool done;
} monitor_job;

static void run_monitor(void *context) {
    monitor_job *job = context;
    oa_study *s = job->study;
    job->done = oa_ard_monitor(s->arena, s->protocol, &s->sdtm, &s->adam, &s->ard, job->monitor, job->diag);
}

bool oa_study_monitor(oa_study *study, oa_monitor *monitor, oa_diag *diag) {
    if (!study->derived) {
        oa_diag_add(diag, OA_ERROR, OA_USAGE, NULL, "STUDY", "the study has to be derived before it is monitored");
        return false;
    }
    monitor_job job = {study, monitor, diag, false};
    return oa_study_run(study, run_monitor, &job, diag) && job.done;
}
