/*
 * lexicon.c - the words that mean something to the audit, and the symbol each is read as.
 *
 *   P  who or what is counted        n  the n of "n = 20"          p  the p of "p = 0.03"
 *   I  confidence interval           M  words that go before one   r  range or quartiles
 *   m  median                        A  mean                       u  unit of time or amount
 *   X  not reached, not estimable    L  a label: response, sex, survival, adverse events
 *   o  of     i  in, among, for      t  to        a  and           O  or       v  was, had, achieved
 *   b  because of, until, after      G  what numbers rather than counts: grade, stage, day, cohort
 *   S  restricts to a subset         E  takes subjects out         Q  of whom, of these
 *   D  design and history            T  compares two groups        W  a model stands behind the number
 *   R  respectively                  U  one-sided                  C  confirmed, or by whom assessed
 *   0  the null hypothesis           w  every other word
 */
#include "tokens.h"

#include "../base/text.h"

#include <string.h>

/* Of an 'S': it says who is analysed, not who was eligible. */
enum { ANALYSED = 1 };
/* Of a 'u': events may be counted out of it, too. */
enum { COUNTED = 1 };

/* Phrases between bars; one in capitals is meant in capitals only; the last word may stand in the plural. */
typedef struct group {
    char symbol;
    uint8_t label;
    const char *phrases;
} group;

static const group groups[] = {
    /* who or what is counted */
    {'P', 0,
     "patient|pt|subject|participant|case|individual|people|person|children|adult|responder|"
     "nonresponder|survivor|volunteer|recipient|lesion|tumour|tumor|sample|specimen|scan|event|"
     "node|metastases|biopsies|death|eye|adolescent|enrollee|carrier"},
    /* letters that stand for something */
    {'n', 0, "n"},
    {'p', 0, "p|p value|pvalue"},
    /* intervals */
    {'I', 0, "CI|confidence interval|confidence limit|C I|conf interval|exact CI|confidence bound|CL"},
    {'M', 0,
     "exact|clopper|pearson|wilson|score|binomial|two sided|2 sided|two tailed|jeffreys|agresti|"
     "coull|wald|mid P|blaker|corresponding|method"},
    {'U', 0,
     "one sided|one tailed|1 sided|lower bound|lower limit|lower confidence limit|"
     "lower confidence bound"},
    {'r', 0, "range|IQR|interquartile range|quartile|minimum"},
    {'m', 0, "median"},
    {'A', 0, "mean|average"},
    {'X', OA_LABEL_NE, "NE|not evaluable"},
    {'X', 0,
     "NR|NA|not reached|not estimable|not available|not estimated|not calculable|unreached|"
     "inestimable|not yet reached|infinity|not attained|NC|not determined"},
    /* units */
    {'u', 0,
     "month|mo|week|wk|year|yr|y|day|hour|h|min|mg|g|kg|ml|mm|cm|GBq|MBq|mCi|ng|ug|"
     "Gy|cGy|mmHg|Hg|mo s|U|IU|ms|fold|times"},
    {'u', COUNTED, "cycle"},
    /* response */
    {'L', OA_LABEL_ORR,
     "objective response rate|objective response|overall response rate|complete or partial response|"
     "partial or complete response|complete and partial response|complete plus partial response|"
     "overall response|overall objective response rate|overall objective response|"
     "objective overall response rate|overall tumor response rate|tumor response rate|"
     "tumour response rate|response rate|objective tumor response|ORR|objective remission rate|"
     "overall remission rate|objective tumour response|best overall response rate|BORR|responded|"
     "an objective response|confirmed objective response rate|confirmed ORR"},
    {'L', OA_LABEL_DCR, "disease control rate|disease control|DCR|tumor control rate|tumour control rate"},
    {'L', OA_LABEL_CBR, "clinical benefit rate|clinical benefit|CBR|durable disease control"},
    {'L', OA_LABEL_OTHER_RESPONSE,
     "durable response rate|biochemical response|metabolic response|pathological response|"
     "pathologic response|pathological complete response|pCR|pathologic complete response|MPR|"
     "major pathologic response|PSA response|major pathological response|PSA50|"
     "complete metabolic response|CMR|partial metabolic response|PMR|metabolic response rate|"
     "biochemical response rate|biochemical complete response|intracranial response|"
     "biochemical partial response|hematologic response|intracranial objective response rate|"
     "CA 125 response|intracranial objective response|iORR|intracranial ORR|minor response|"
     "very good partial response|VGPR|stringent complete response|sCR|unconfirmed partial response|"
     "unconfirmed PR|unconfirmed complete response|unconfirmed CR|unconfirmed response|"
     "structural response|uPR|immune response|morphologic response|excellent response|"
     "near complete response|clinical complete response"},
    {'L', OA_LABEL_CR,
     "complete response|complete remission|CR|complete response rate|complete remission rate|"
     "confirmed complete response|confirmed CR"},
    {'L', OA_LABEL_PR,
     "confirmed partial response|partial response|partial remission|PR|partial response rate|"
     "confirmed PR"},
    {'L', OA_LABEL_SD, "stable disease|SD|disease stabilization|disease stabilisation|no change"},
    {'L', OA_LABEL_PD, "progressive disease|PD|disease progression"},
    {'L', OA_LABEL_NE,
     "non evaluable|unevaluable|inevaluable|nonevaluable|not assessable|not assessed|unassessable|"
     "unknown response|missing|indeterminate|not evaluable for response"},
    /* sex */
    {'L', OA_LABEL_MALE, "male|men|man|boy"},
    {'L', OA_LABEL_FEMALE, "female|women|woman|girl"},
    /* adverse events */
    {'L', OA_LABEL_ANY_GRADE, "any grade|all grade|of any grade|of all grade"},
    {'g', 0, "grade 1 2"},
    /* not a share of n */
    {'L', OA_LABEL_SURVIVAL,
     "overall survival|progression free survival|disease free survival|event free survival|"
     "relapse free survival|recurrence free survival|survival|PFS|OS|DFS|EFS|RFS|"
     "duration of response|DOR|DoR|response duration|TTP|TTR|time to progression|time to response|"
     "duration of disease control|time to treatment failure|follow up|followup|LRFS|progression free|"
     "event free|local control|locoregional control|cumulative incidence|MFS|DMFS|rPFS|mPFS|mOS|"
     "mDOR|mDoR"},
    {'L', OA_LABEL_RATIO,
     "hazard ratio|HR|aHR|odds ratio|OR|RR|relative risk|risk ratio|AUC|kappa|difference|"
     "correlation|area under the curve|concordance index"},
    {'L', OA_LABEL_ACCURACY,
     "sensitivity|specificity|accuracy|PPV|NPV|positive predictive value|negative predictive value|"
     "detection rate"},
    {'L', OA_LABEL_CHANGE,
     "reduction|decrease|increase|decline|shrinkage|regression|change|relative dose intensity|RDI|"
     "dose intensity|decreased by|compliance|increased by|reduced by|dropped by|expression|TPS|"
     "Ki 67|Ki67|ejection fraction|LVEF|DLCO|FEV1|uptake"},
    /* small words */
    {'o', 0,
     "of|out of|of the|out of the|of all|of a total of|of all the|of our|among the|among|"
     "amongst|of a total|out of a total of|out of all"},
    {'i', 0, "in|for|from|at|by|on|per"},
    {'t', 0, "to|through"},
    {'a', 0, "and|plus"},
    {'O', 0, "or"},
    {'v', 0,
     "was|were|is|are|had|with|achieved|achieving|experienced|showed|attained|has|have|"
     "having|reached|being|a|an|obtained|exhibited|demonstrated|presented|observed|the|seen|"
     "occurred|developed|reported|recorded|documented|noted|stood"},
    {'b', 0,
     "because of|due to|until|after|owing to|before|since|secondary to|as a result of|following|"
     "died of|died from|owing|for progressive|reason|discontinued|prior to|from disease|without"},
    /* numbers that count nobody */
    {'G', 0,
     "grade|stage|ECOG|PS|performance status|phase|cohort|arm|level|type|table|figure|fig|"
     "ref|version|class|category|TIRADS|RECIST|CTCAE|group|part|gr|Gr|scale|sum|KPS|"
     "Karnofsky|step|volume|vol|issue|page|score of|aged|Child Pugh|line|exon|codon|model|"
     "January|February|March|April|May|June|July|August|September|October|November|December|"
     "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"},
    {'>', 0, "at least|more than|greater than|over|above|exceeding"},
    {'<', 0, "less than|fewer than|at most|up to|below|under|within"},
    /* subsets, exclusions, anaphora */
    {'S', ANALYSED,
     "evaluable|assessable|completed|per protocol|efficacy population|efficacy analysis|available|"
     "safety population|safety analysis|intention to treat|ITT|full analysis set|analysis set"},
    {'S', 0,
     "measurable|subset|subgroup|subpopulation|eligible|positive|negative|mutated|mutant|"
     "wild type|harbouring|harboring|treated with|who|previously|naive|refractory|remaining|"
     "responding|those|whom|cohorts|arms|groups|expansion|phase 2 dose|underwent"},
    {'E', 0,
     "withdrew|excluded|ineligible|lost to follow up|not eligible|withdrawn|dropped out|"
     "never received|did not receive|not treated|untreated|never started|did not undergo|withdrawal|"
     "not included|did not have|screen failure|could not be|lacked|not been|no post|dropout|"
     "withdrew consent|not yet|died before|no follow|never|refused|declined|had no|did not"},
    {'Q', 0, "of whom|of these|of those|of them|of which|among these|among them|among whom|among those"},
    /* where a percentage is no result of this text, or no share of n */
    {'0', 0,
     "null|null hypothesis|historical control|historical rate|historical control rate|null rate|"
     "unacceptable rate|null response rate|historical ORR|historical response rate|"
     "historical objective response rate|null ORR|null hypothesis ORR|prespecified threshold|"
     "prespecified null|historical control ORR|historical|historic|uninteresting|H0|P0|p0"},
    {'D', 0,
     "hypothesis|hypothesized|hypothesised|assumed|assuming|assumption|power|alpha|expected|"
     "target|targeted|planned|threshold|anticipated|sample size|Simon|design|type I|literature|"
     "et al|prior study|earlier study|previous studies|previous study|previously reported|"
     "meta analysis|other studies|prespecified|unacceptable|promising if|would be|benchmark|"
     "studies|trials|p1|H1|alternative|two stage"},
    {'T', 0,
     "compared with|compared to|versus|vs|log rank|logrank|between|fisher|chi|than|wilcoxon|"
     "paired|mcnemar|mann whitney|kruskal|cox|associated with|correlated"},
    {'w', 0, "higher"},
    {'W', 0,
     "adjusted|weighted|credible|credibility|posterior|pooled|bootstrap|bootstrapped|kaplan|"
     "meier|estimated|bayesian|bias corrected|UMVUE|unbiased|CrI|HDI|imputed|modelled|"
     "stratified|repeated|actuarial|median unbiased|standardized|GEE|clustered|probability|"
     "stage adjusted"},
    {'R', 0, "respectively"},
    {'C', 0,
     "unconfirmed|independent|BICR|IRC|investigator|central review|centrally|ICR|locally|iRECIST|"
     "mRECIST|PERCIST|confirmed|IRRC|blinded"},
};
enum { LETTERS = 27, A_LETTER = 160 };

struct oa_lexicon {
    oa_entry by_letter[LETTERS][A_LETTER];
    size_t count[LETTERS];
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static size_t letter_of(char c) {
    char small = lower(c);
    return small >= 'a' && small <= 'z' ? (size_t)(small - 'a') : LETTERS - 1;
}

static void add_phrase(oa_arena *arena, oa_lexicon *lexicon, const group *g, const char *phrase, size_t length) {
    size_t letter = letter_of(*phrase);
    if (lexicon->count[letter] < A_LETTER) {
        lexicon->by_letter[letter][lexicon->count[letter]++] =
            (oa_entry){oa_strndup(arena, phrase, length), g->symbol, g->label};
    }
}

const oa_lexicon *oa_lexicon_new(oa_arena *arena) {
    oa_lexicon *lexicon = OA_NEW(arena, oa_lexicon);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        for (const char *at = groups[i].phrases; *at;) {
            size_t length = strcspn(at, "|");
            add_phrase(arena, lexicon, &groups[i], at, length);
            at += at[length] ? length + 1 : length;
        }
    }
    return lexicon;
}

/* Capitals in the entry ask for capitals in the text. */
static bool same_word(const char *want, size_t length, const oa_word *word, bool plural) {
    bool exact = false;
    if (word->length != length && !(plural && word->length == length + 1 && lower(word->text[length]) == 's')) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        exact = exact || (want[i] >= 'A' && want[i] <= 'Z');
    }
    for (size_t i = 0; i < length; i++) {
        if (want[i] != (exact ? word->text[i] : lower(word->text[i]))) {
            return false;
        }
    }
    return true;
}

/* How many words the entry takes; 0 where it does not stand here. */
static size_t matches(const oa_entry *entry, const oa_word *words, size_t count) {
    size_t used = 0;
    for (const char *at = entry->phrase; *at; used++) {
        size_t length = strcspn(at, " ");
        bool last = at[length] == '\0';
        if (used == count || !same_word(at, length, &words[used], last)) {
            return 0;
        }
        at += last ? length : length + 1;
    }
    return used;
}

const oa_entry *oa_lexicon_find(const oa_lexicon *lexicon, const oa_word *words, size_t count, size_t *used) {
    const oa_entry *best = NULL;
    size_t letter = letter_of(*words->text);
    *used = 0;
    for (size_t i = 0; i < lexicon->count[letter]; i++) {
        /* Most entries are told apart by their second letter. */
        const char *phrase = lexicon->by_letter[letter][i].phrase;
        if (words->length > 1 && lower(phrase[1]) != lower(words->text[1])) {
            continue;
        }
        size_t n = matches(&lexicon->by_letter[letter][i], words, count);
        if (n > *used) {
            *used = n;
            best = &lexicon->by_letter[letter][i];
        }
    }
    return best;
}

/* ---- numbers in words -------------------------------------------------------------------------------------------- */

static const char *const ones[] = {"zero",     "one",     "two",     "three",     "four",     "five",    "six",
                                   "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                                   "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const tens[] = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

static int64_t place_in(const char *const *list, size_t n, const oa_word *word) {
    for (size_t i = 0; i < n; i++) {
        if (same_word(list[i], strlen(list[i]), word, false)) {
            return (int64_t)i;
        }
    }
    return -1;
}

/* 1 to 99. */
static int64_t below_hundred(const oa_word *words, size_t count, size_t *used) {
    int64_t one = count ? place_in(ones, 20, words) : -1;
    int64_t ten = count ? place_in(tens, 8, words) : -1;
    *used = one >= 0 || ten >= 0;
    if (ten < 0) {
        return one;
    }
    int64_t more = count > 1 ? place_in(ones, 10, &words[1]) : -1;
    *used += more > 0;
    return 10 * (ten + 2) + (more > 0 ? more : 0);
}

int64_t oa_number_words(const oa_word *words, size_t count, size_t *used) {
    size_t rest;
    int64_t value = below_hundred(words, count, used);
    if (*used == 0 || *used == count || !same_word("hundred", 7, &words[*used], false)) {
        return value;
    }
    *used += 1;
    size_t and = *used < count && same_word("and", 3, &words[*used], false);
    int64_t more = below_hundred(words + *used + and, count - *used - and, &rest);
    *used += rest ? and+rest : 0;
    return 100 * value + (rest ? more : 0);
}
