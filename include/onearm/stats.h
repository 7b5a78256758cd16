/*
 * stats.h - numbers in, numbers out.
 *
 * Levels and proportions are fractions.  Functions that can be called with wrong numbers return false or NULL and add
 * one message that says which and why; results are written only on success.
 */
#ifndef ONEARM_STATS_H
#define ONEARM_STATS_H

#include <onearm/agreement.h>
#include <onearm/binomial.h>
#include <onearm/multiplicity.h>
#include <onearm/summary.h>
#include <onearm/survival.h>

#endif
