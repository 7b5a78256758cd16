/*
 * km_limits.c - pointwise confidence limits of a survival probability.
 *
 * With S the estimate, sigma^2 the variance of log S (Greenwood), se = S sigma, z the normal deviate of the level:
 *     plain     S -+ z se, cut to [0, 1]
 *     log       S exp(-+ z sigma), the upper cut to 1
 *     log-log   exp(-H exp(+- z sigma / H)), H = -log S
 *     logit     expit(logit S -+ z sigma / (1 - S))
 *     arcsin    sin^2(asin(sqrt S) -+ (z / 2) sigma sqrt(S / (1 - S))), the angle cut to [0, pi/2]
 * Where S = 0, sigma is infinite: all are NAN.  Where S = 1, plain and log give 1; the others are 0/0, and NAN.  R's
 * survfit does the same.
 * Sources     J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data (1980), log-log;
 *             O. Borgan, K. Liestol, Scand J Statist 17 (1990) 35-41, arcsin; J. P. Klein, M. L. Moeschberger, Survival
 *             Analysis (2003), section 4.3; names of SAS: PROC LIFETEST, option CONFTYPE.
 */
#include "km.h"

#include "../base/text.h"

#include <math.h>

static oa_km_limits none(double s, double sigma, double z) {
    (void)s;
    (void)sigma;
    (void)z;
    return (oa_km_limits){(double)NAN, (double)NAN};
}

static oa_km_limits plain(double s, double sigma, double z) {
    return (oa_km_limits){fmax(s - z * sigma * s, 0), fmin(s + z * sigma * s, 1)};
}

static oa_km_limits by_log(double s, double sigma, double z) {
    double upper = fmin(s * exp(z * sigma), 1);
    return (oa_km_limits){s * exp(-z * sigma), upper};
}

static oa_km_limits by_loglog(double s, double sigma, double z) {
    double hazard = -log(s);
    double spread = z * sigma / hazard;
    return (oa_km_limits){exp(-hazard * exp(spread)), exp(-hazard * exp(-spread))};
}

static double expit(double x) {
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static oa_km_limits by_logit(double s, double sigma, double z) {
    double centre = log(s) - log1p(-s);
    double spread = z * sigma / (1 - s);
    return (oa_km_limits){expit(centre - spread), expit(centre + spread)};
}

static oa_km_limits by_arcsin(double s, double sigma, double z) {
    static const double right_angle = 1.57079632679489661923;
    double centre = asin(sqrt(s));
    double spread = z / 2 * sigma * sqrt(s / (1 - s));
    double low = sin(fmax(centre - spread, 0));
    double high = sin(fmin(centre + spread, right_angle));
    return (oa_km_limits){low * low, high * high};
}

static const struct {
    const char *name; /* R's */
    const char *sas;
    oa_km_limits (*limits)(double s, double sigma, double z);
    bool at_one; /* there are limits where S = 1 */
} transforms[OA_KM_CONFS] = {
    [OA_KM_LOGLOG] = {"log-log", "LOGLOG", by_loglog, false},  [OA_KM_LOG] = {"log", "LOG", by_log, true},
    [OA_KM_PLAIN] = {"plain", "LINEAR", plain, true},          [OA_KM_LOGIT] = {"logit", "LOGIT", by_logit, false},
    [OA_KM_ARCSIN] = {"arcsin", "ASINSQRT", by_arcsin, false}, [OA_KM_NONE] = {"none", "NONE", none, false},
};

const char *oa_km_conf_name(oa_km_conf conf) {
    return (unsigned)conf < OA_KM_CONFS ? transforms[conf].name : "?";
}

bool oa_km_conf_of(const char *name, oa_km_conf *conf) {
    for (int i = 0; i < OA_KM_CONFS; i++) {
        if (oa_streq_nocase(name, transforms[i].name) || oa_streq_nocase(name, transforms[i].sas)) {
            *conf = (oa_km_conf)i;
            return true;
        }
    }
    return false;
}

oa_km_limits oa_km_limits_of(oa_km_conf conf, double survival, double sigma, double z) {
    bool defined = survival > 0 && (survival < 1 || transforms[conf].at_one);
    return (defined ? transforms[conf].limits : none)(survival, sigma, z);
}
