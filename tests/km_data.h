/*
 * km_data.h - published survival times, and a fit of one of them, for the tests of the Kaplan-Meier estimate.
 */
#ifndef KM_DATA_H
#define KM_DATA_H

#include "close.h"

#include <onearm/stats.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NONE         ((double)NAN)

/* Times of the subjects; a minus marks a censored one. */
typedef struct data_set {
    const char *name;
    size_t n;
    const double *times;
} data_set;

#define DATA(id, ...)                                                                                                  \
    static const double id##_times[] = {__VA_ARGS__};                                                                  \
    static const data_set id = {#id, COUNT(id##_times), id##_times}

/* E. J. Freireich et al., Blood 21 (1963) 699-716: weeks in remission under 6-mercaptopurine. */
DATA(six_mp, 6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35);
/* R. G. Miller, Survival Analysis (1981): weeks in remission of AML, maintained and then not. */
DATA(maintained, 9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161);
DATA(aml, 9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161, 5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45);
/* J. H. Edmonson et al., Cancer Treat Rep 63 (1979) 241-247: ovarian cancer, days (survival::ovarian). */
DATA(ovarian, 59, 115, 156, -421, 431, -448, 464, 475, -477, 563, 638, -744, -769, -770, -803, -855, -1040, -1106,
     -1129, -1206, -1227, 268, 329, 353, 365, -377);
/* C. L. Loprinzi et al., J Clin Oncol 12 (1994) 601-607: lung cancer, days (survival::lung). */
DATA(lung, 306, 455, -1010, 210, 883, -1022, 310, 361, 218, 166, 170, 654, 728, 71, 567, 144, 613, 707, 61, 88, 301, 81,
     624, 371, 394, 520, 574, 118, 390, 12, 473, 26, 533, 107, 53, 122, 814, -965, 93, 731, 460, 153, 433, 145, 583, 95,
     303, 519, 643, 765, 735, 189, 53, 246, 689, 65, 5, 132, 687, 345, 444, 223, 175, 60, 163, 65, 208, -821, 428, 230,
     -840, 305, 11, 132, 226, 426, 705, 363, 11, 176, 791, 95, -196, 167, -806, 284, 641, 147, -740, 163, 655, 239, 88,
     245, -588, 30, 179, 310, 477, 166, -559, 450, 364, 107, 177, 156, -529, 11, 429, 351, 15, 181, 283, 201, 524, 13,
     212, 524, 288, 363, 442, 199, 550, 54, 558, 207, 92, 60, -551, -543, 293, 202, 353, -511, 267, -511, 371, 387, 457,
     337, 201, -404, 222, 62, -458, -356, 353, 163, 31, 340, 229, -444, -315, 182, 156, 329, -364, 291, 179, -376, -384,
     268, -292, 142, -413, -266, 194, 320, 181, 285, -301, 348, 197, -382, -303, -296, 180, 186, 145, -269, -300, -284,
     350, -272, -292, -332, 285, -259, 110, 286, 270, 81, 131, -225, 269, -225, -243, -279, -276, 135, 79, 59, -240,
     -202, -235, 105, -224, 239, -237, -173, -252, -221, -185, -92, 13, -222, -192, 183, -211, -175, -197, -203, 116,
     -188, -191, -105, -174, -177);
/* CAMIS, Comp/r-sas_survival: a plateau at one half to the end. */
DATA(camis, 54, 75, 77, 84, 87, -92, -103, -105, -112, -118);
/* therneau/survival, tests: S = 6/7, 18/35, 9/35. */
DATA(by_hand, 9, -1, 1, 6, 6, -8, -10);
DATA(one_to_four, 1, 2, 3, 4);
DATA(two_then_censored, 1, 2, -3, -4);
DATA(one_event, 5);
DATA(one_censored, -5);
DATA(all_censored, -3, -1, -2, -2);
DATA(all_tied, 2, 2, -2, -2);
DATA(all_at_once, 2, 2, 2);
DATA(at_zero, 0, -0.0, 3, -4);

static oa_km *fit(const data_set *data, oa_km_conf conf, double level, bool reverse) {
    double time[256];
    bool event[256];
    assert_true(data->n <= COUNT(time));
    for (size_t i = 0; i < data->n; i++) {
        time[i] = fabs(data->times[i]);
        event[i] = data->times[i] >= 0;
    }
    oa_km_options options = {.conf = conf, .level = level};
    oa_km *km = (reverse ? oa_km_fit_reverse : oa_km_fit)(time, event, data->n, &options, NULL);
    assert_non_null(km);
    return km;
}

#endif
