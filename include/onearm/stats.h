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
#include <onearm/cox.h>
#include <onearm/cuminc.h>
#include <onearm/logrank.h>
#include <onearm/multiplicity.h>
#include <onearm/paired.h>
#include <onearm/summary.h>
#include <onearm/survival.h>
#include <onearm/test.h>

#endif
