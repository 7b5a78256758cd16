#!/usr/bin/env python3
"""Write the source records of examples/anlotinib-rai: 20 synthetic subjects, nobody's data.

    python3 tools/make-example.py examples/anlotinib-rai/data

What it reconstructs: the aggregates that the abstract of the trial prints (Front Oncol 2025;15:1622676,
ChiCTR2500095313) - 20 subjects, 4 men and 16 women, enrolled October 2022 to September 2024; best response 11 PR,
8 SD, 1 PD; every subject with a thyroglobulin decrease of at least 25 %; 10 subjects with a related adverse event of
grade 3, hypertension first; 10 with a reduced dose; none discontinued for an adverse event, none with a serious one,
none died; a median follow-up of 13.7 months; median PFS not reached.  Everything else - each lesion, date, dose and
value - was made up to be believable and to hold what real trials hold: thresholds met exactly, a missing measurement,
an assay that changes, partial dates, a typing error.  No record describes a person.

The tables below are the whole content; the code under them only spells them out as SDTM.  Days are counted from the
first 131I dose, which is day 0.  The same tables always give the same bytes.
"""
import csv
import os
import sys
import zlib
from datetime import date, timedelta

STUDY = 'ANL-RAI'
IODINE = 'SODIUM IODIDE I-131'
SUBJECTS = range(1, 21)

# Subject: sex, age, first 131I dose, days of follow-up (first and last day counted), histology, year and month of
# diagnosis, earlier 131I (GBq), how treatment ended (blank: it goes on).
# The 10th and 11th shortest follow-up are 416 and 418 days: the median is 417 days = 13.7 months.
PEOPLE = """
 1 F 58 2022-10-18 681 PTC 2017-03 3.70,5.55 COMPLETED
 2 F 64 2022-11-23 829 FTC 2015-11 5.55 COMPLETED
 3 M 47 2022-12-28 371 PTC 2020-06 3.70 PROGRESSIVE_DISEASE
 4 F 69 2023-02-14 262 FTC 2018-09 5.55,5.55 PROGRESSIVE_DISEASE
 5 F 33 2023-03-22 710 PTC 2021-01 3.70 COMPLETED
 6 F 61 2023-04-26 675 FTC 2016-05 5.55 COMPLETED
 7 F 28 2023-06-07 633 PTC 2022-08 3.70 COMPLETED
 8 M 66 2023-07-12 510 PTC 2014-02 3.70,5.55,5.55 PROGRESSIVE_DISEASE
 9 F 41 2023-08-16 563 PTC 2022-02 3.70 COMPLETED
10 F 55 2023-09-20 507 PTC 2019-10 5.55 COMPLETED
11 F 72 2023-10-25 493 PTC 2018-12 3.70 COMPLETED
12 F 50 2023-11-29 416 PTC 2021-07 3.70 WITHDRAWAL_BY_SUBJECT
13 M 59 2024-01-03 418 FTC 2017-08 5.55,5.55 COMPLETED
14 F 36 2024-01-31 395 PTC 2022-11 3.70
15 F 44 2024-03-13 353 PTC 2021-04 5.55
16 F 62 2024-04-17 289 PTC 2019-06 3.70 WITHDRAWAL_BY_SUBJECT
17 F 30 2024-05-22 283 PTC 2023-03 3.70
18 M 57 2024-07-03 229 FTC 2018-01 5.55
19 F 39 2024-08-07 206 PTC 2022-05 3.70
20 F 71 2024-09-11 171 PTC 2020-10 -
"""

# Left the study before the cut-off.
LEFT = {1: 'LOST TO FOLLOW-UP', 3: 'WITHDRAWAL BY SUBJECT', 4: 'WITHDRAWAL BY SUBJECT', 8: 'LOST TO FOLLOW-UP'}

# Treatment, one group of values a 131I dose: its day, activity (GBq), days to the Rx-WBS, days to the first anlotinib,
# courses of anlotinib that follow (14 days on, 7 off), uptake of T01, T02 ... on the scan (+ avid, - not).
TREATMENT = """
 1 0/5.55/4/6/8/+++ 203/5.55/4/6/8/+-+
 2 0/7.40/5/6/8/++- 199/5.55/4/6/8/++- 385/5.55/3/5/8/+--
 3 0/5.55/4/6/8/+++ 198/5.55/3/5/6/+-+
 4 0/7.40/4/6/4/+--
 5 0/5.55/4/5/8/++ 200/7.40/4/6/8/++ 372/5.55/5/7/8/++
 6 0/5.55/3/5/8/+++ 201/5.55/4/6/8/+++
 7 0/3.70/4/5/4/+
 8 0/7.40/5/7/8/++++ 198/7.40/4/6/8/++-- 368/5.55/4/6/2/+---
 9 0/5.55/4/6/8/++ 199/5.55/5/7/8/++
10 0/5.55/4/6/4/++ 199/5.55/3/5/8/+-
11 0/5.55/3/5/8/+++ 200/5.55/4/6/8/+++
12 0/5.55/4/6/8/++ 202/5.55/4/6/4/+-
13 0/7.40/4/6/8/+--+
14 0/5.55/4/5/8/++ 200/5.55/4/5/9/++
15 0/5.55/4/6/8/+++++ 199/5.55/3/5/7/+++++
16 0/5.55/5/7/4/+-
17 0/5.55/4/6/8/+++ 200/5.55/4/6/4/+++
18 0/7.40/3/5/8/++ 198/5.55/4/6/2/+-
19 0/5.55/4/6/8/+++ 198/5.55/3/5/1/+++
20 0/3.70/4/6/8/++
"""

# Subject: course from which the dose is lower -> mg.  Each follows an adverse event with action R below.
REDUCED = {1: {4: 10}, 2: {4: 10, 14: 8}, 3: {2: 10}, 5: {4: 10}, 6: {2: 10, 7: 8}, 9: {3: 10}, 10: {3: 10},
           12: {6: 10}, 13: {6: 10}, 16: {4: 10}}
# (subject, course): first and last day on which the dose was held for an adverse event.
HELD = {(1, 3): (53, 61), (5, 3): (56, 60), (6, 6): (119, 123), (7, 2): (31, 36), (9, 2): (35, 40), (10, 2): (31, 40),
        (12, 5): (96, 103), (13, 5): (90, 103), (14, 2): (31, 39), (16, 3): (54, 62)}
# (subject, course): days taken, where it was shorter for another reason.
SHORTENED = {(11, 8): (10, 'PHYSICIAN DECISION'), (17, 3): (12, 'SUBJECT NONCOMPLIANCE')}

# Target lesions: subject, organ, diameter in mm (short axis for a lymph node) at SCREENING, WEEK 12, WEEK 24 ...
# x: not measured, TS: too small to measure, -: no scan at this visit.
TARGETS = """
 1 LUNG       21.6 13.9 11.8 10.5  9.8  9.6  9.4  9.4  9.5
 1 LUNG       15.3 10.2  8.4  7.1  6.6  6.3  0.0  0.0  0.0
 1 LYMPH_NODE 18.0 12.1  9.6  8.2  7.9  7.5  7.4  7.4  7.3
 2 LUNG       24.2 21.6 19.4 18.2 17.8 17.5 17.4 - 17.6 17.9
 2 LUNG       17.8 15.9 14.1 13.0 12.6 12.4 12.3 - 12.5 12.6
 2 BONE       31.5 29.3 26.6 25.2 24.6 24.3 24.2 - 24.5 24.6
 3 LUNG       28.4 18.9 15.2 14.6 20.8
 3 LUNG       19.6 12.8 10.1  9.5 12.4
 3 LYMPH_NODE 16.2 11.0  9.2  8.8  9.6
 4 LUNG       22.0 25.1
 4 LIVER      26.5 36.2
 4 LYMPH_NODE 17.5 19.8
 5 LUNG       33.0 27.1 20.2 18.0 16.9 16.1 15.7 15.5 15.6
 5 LYMPH_NODE 20.4 15.9 11.8 10.9 10.1  9.8  9.6  9.5  9.5
 6 BONE       42.0 38.4 36.2 34.9 34.0 33.8 33.9 34.2
 6 LUNG       13.2 11.5 10.6 10.0  9.6  9.5  9.5  9.6
 6 LUNG       11.4 10.1  9.4  8.8  8.7  8.6  8.8  8.9
 7 LUNG       12.0  8.4  8.4  7.6  7.1  6.8  5.0  5.0
 8 LUNG       36.8 33.1 31.0 30.2 30.8 33.5
 8 LUNG       22.5 20.2 18.6 18.0 18.5 20.1
 8 LYMPH_NODE 21.0 18.8 17.5 17.1 17.0 17.9
 8 LYMPH_NODE 15.6 14.1 13.0 12.6 12.8 13.5
 9 LUNG       17.7 11.6  9.9  9.1  8.7  8.5  8.6
 9 LUNG       14.9  9.4  8.1  7.4  7.0  6.9  6.9
10 LUNG       25.0 20.8 18.2 18.6 18.3 19.0 19.4
10 LYMPH_NODE 19.0 15.4 12.8 12.9 13.0 13.1 13.3
11 LUNG       19.3 12.5 10.8  9.9  9.7  9.6
11 LUNG       14.1  9.6  8.2  7.7  x    7.4
11 LYMPH_NODE 17.2 11.3  9.7  9.0  8.9  8.8
12 LUNG       30.2 20.6 18.4 19.9 19.0
12 LIVER      20.8 14.2 12.5 13.6 13.0
13 LUNG       16.4 14.2 13.1 12.7 12.9
13 LUNG       12.8 11.3 10.4 10.1 10.3
13 LYMPH_NODE 15.0 13.4 12.6 12.2 12.4
13 BONE       28.0 25.1 23.4 22.9 23.0
14 LUNG       26.0 17.6 14.8 13.3 12.7
14 LYMPH_NODE 24.0 17.4 14.2 12.8 12.1
15 LUNG       18.0 12.1 10.4  9.5  9.3
15 LUNG       13.6  8.9  7.6  7.0  6.8
15 LYMPH_NODE 16.8 11.9 10.1  9.2  8.9
15 LYMPH_NODE 15.2 10.6  9.3  8.7  8.4
15 LIVER      21.4 14.5 12.0 10.8 10.3
16 LUNG       14.5 12.9 11.9 12.2
16 LUNG       11.7 10.1  9.5  9.7
17 LUNG       10.8  7.9  6.2  5.9
17 LUNG       10.2  6.4  5.1  TS
17 LYMPH_NODE 15.4 10.6  9.2  8.6
18 BONE       35.2 32.4 30.6
18 LUNG       15.8 14.2 13.3
19 LUNG       15.1 10.0  8.6
19 LUNG       12.4  8.2  6.9
19 LYMPH_NODE 16.0 11.1  9.3
20 LUNG       20.5 17.8 16.6
20 BONE       24.0 21.4 20.2
"""
# Non-target lesions: organ, state on the scans in the order above (the last one goes on).
NONTARGETS = {1: [('LUNG', 'P')], 2: [('BONE', 'P'), ('LUNG', 'P')], 4: [('BONE', 'P')], 6: [('BONE', 'P')],
              8: [('PLEURA', 'P')], 10: [('LUNG', 'P')], 13: [('LUNG', 'P')], 15: [('LUNG', 'PPPA')],
              18: [('BONE', 'P')], 20: [('LUNG', 'P')]}
NEW = {4: 'LIVER', 8: 'BONE'}  # seen on the last scan
SCANNED = {(4, 1): 86}  # scans whose day matters; the others fall within 7 days of the day that is due
# What the investigator wrote down as target response and as overall response where that differs.  Subject 12, WEEK 36:
# the sum is still 34 % below baseline (PR), but it was compared with the scan before, and SD was typed.
TARGET_RESPONSE = {
    1: 'PR PR PR PR PR PR PR PR', 2: 'SD SD SD SD SD SD - SD SD', 3: 'PR PR PR PD', 4: 'PD',
    5: 'SD PR PR PR PR PR PR PR', 6: 'SD SD SD SD SD SD SD', 7: 'PR PR PR PR PR PR PR', 8: 'SD SD SD SD SD',
    9: 'PR PR PR PR PR PR', 10: 'SD SD SD SD SD SD', 11: 'PR PR PR NE PR', 12: 'PR PR SD PR', 13: 'SD SD SD SD',
    14: 'PR PR PR PR', 15: 'PR PR PR PR', 16: 'SD SD SD', 17: 'PR PR PR', 18: 'SD SD', 19: 'PR PR', 20: 'SD SD'}

# Thyroglobulin on levothyroxine (ng/mL): the value at SCREENING and the fraction of it towards which it falls, or every
# value at SCREENING, WEEK 4, WEEK 12, WEEK 24 ...  Subject 13 falls by 25.0 % and no further.
THYROGLOBULIN = {
    1: (86.4, .10), 2: (412, .35), 3: [152, 118, 61.3, 38.0, 33.5, 88.9], 4: [480, 455, 332], 5: (24.6, .08),
    6: (1260, .45), 7: (5.8, .05), 8: [238, 201, 139, 121, 118, 142, 226],
    9: [2.10, 1.52, .62, .31, .14, .08, .05, '<0.04'], 10: (67.5, .30), 11: (31.9, .12), 12: (140, .20),
    13: [100, 93.1, 84.6, '75.0', 77.4, 79.2], 14: (18.3, .06), 15: (55.0, .15), 16: (9.7, .40), 17: (12.4, .10),
    18: (730, .50), 19: (38.8, .20), 20: (205, .45)}
# What went differently in the laboratory: (subject, visit, test) -> result, or for a marker (result, method).
LABORATORY = {
    (10, 'IODINE 2', 'TSH'): 27.6,          # 131I given although TSH was below 30
    (5, 'WEEK 4', 'TG'): 31.7,              # day 26: 131I still releases Tg
    (11, 'WEEK 60', 'TGAB'): 168,           # antibodies appear: this Tg cannot be compared
    (7, 'WEEK 84', 'TGAB'): '<10',
    (6, 'WEEK 36', 'TGAB'): 'NOT DONE',     # Tg without antibodies
    (10, 'WEEK 4', 'TRIG'): 7.4, (14, 'WEEK 4', 'PLAT'): 66, (18, 'WEEK 4', 'LYM'): .42, (18, 'WEEK 12', 'LYM'): .94,
    (17, 'WEEK 12', 'ALT'): 68, (17, 'WEEK 12', 'AST'): 49, (1, 'WEEK 12', 'TRIG'): 2.31, (1, 'WEEK 24', 'TRIG'): 2.04}
OTHER_ASSAY = {(14, 'WEEK 48'): 'CLIA'}

# Adverse events: subject, term, grade, first and last day (m: only year and month are known, .: ongoing), related to
# (A anlotinib, I 131I, B both, - neither), action with anlotinib (N none, R reduced, H held and resumed).
EVENTS = """
 1 FATIGUE 1 -12 -1 - N
 1 DRYMOUTH 1 2 41 I N
 1 HYPERTENSION 3 52 64 A R
 1 COVID 2 66 76 - N
 1 PPE 1 80 131 A N
 1 TRIGLYCERIDES 1 84 180m A N
 2 NAUSEA 1 0 2 I N
 2 HYPERTENSION 2 14 . A N
 2 PPE 2 36 46 A N
 2 PPE 2 57 67 A R
 2 DIARRHOEA 1 60 75 A N
 2 PPE 2 294 306 A R
 3 DRYMOUTH 1 3 60m I N
 3 HYPERTENSION 3 15 26 A R
 3 PROTEINURIA 1 84 170 A N
 4 NAUSEA 2 0 3 I N
 4 HYPERTENSION 1 20 81 A N
 4 FATIGUE 2 30 85 A N
 4 APPETITE 1 44m 84 A N
 5 DRYMOUTH 1 1 20 I N
 5 STOMATITIS 1 38 46 A N
 5 PPE 3 55 66 A R
 5 DIARRHOEA 2 95 101 A N
 5 ARTHRALGIA 1 210m 260m - N
 6 HYPERTENSION 3 13 25 A R
 6 PPE 2 118 129 A R
 6 PROTEINURIA 2 170 222 A N
 6 CHOLESTEROL 1 176 . A N
 7 DRYMOUTH 1 1 90m I N
 7 HYPERTENSION 1 11 88 A N
 7 DIARRHOEA 2 30 36 A H
 8 HYPERTENSION 2 10 . A N
 8 DYSPHONIA 1 40m 96 A N
 8 BACKPAIN 2 150 181 - N
 8 NAUSEA 1 198 200 I N
 8 PPE 1 220 275 A N
 9 NAUSEA 1 0 1 I N
 9 HYPERTENSION 3 34 46 A R
 9 PROTEINURIA 1 100 158 A N
 9 HYPOTHYROIDISM 2 184 215 - N
10 TRIGLYCERIDES 3 30 46 A R
10 FATIGUE 1 33 70 A N
10 DRYMOUTH 1 201 262m I N
10 HYPERTENSION 2 216 . A N
11 DRYMOUTH 1 2 55 I N
11 HYPERTENSION 2 17 60 A N
11 PPE 1 62 110m A N
11 CATARACT 3 200 . - N
12 HYPERTENSION 2 18 61 A N
12 STOMATITIS 2 30 40 A N
12 HYPERTENSION 3 95 108 A R
12 FATIGUE 1 120 177 B N
13 HYPERTENSION 2 12 . A N
13 PROTEINURIA 3 86 106 A R
13 COLD 1 140 147 - N
14 NAUSEA 1 0 2 I N
14 PLATELETS 2 30 44 B H
14 DRYMOUTH 1 202 . I N
14 CHOLESTEROL 1 250 . A N
15 HYPERTENSION 2 20 41 A N
15 HYPERTENSION 3 62 68 A N
15 PPE 1 70 128 A N
15 DIARRHOEA 1 205 214 A N
16 HYPERTENSION 1 16 85 A N
16 FATIGUE 2 40m 88m A N
16 STOMATITIS 2 53 68 A R
17 NAUSEA 1 1 3 I N
17 HYPERTENSION 2 15 . A N
17 ALT 1 84 168 A N
17 DRYMOUTH 1 202 261 I N
18 DRYMOUTH 2 5 150m I N
18 HYPERTENSION 1 22 . A N
18 LYMPHOCYTES 3 30 75 I N
19 HYPERTENSION 2 9 . A N
19 PPE 2 40 55 A N
19 COLD 1 100 107 - N
20 FATIGUE 1 12 60 B N
20 HYPERTENSION 2 19 . A N
20 PROTEINURIA 1 84 . A N
"""
GI, SKIN, INV = 'Gastrointestinal disorders', 'Skin and subcutaneous tissue disorders', 'Investigations'
GENERAL = 'General disorders and administration site conditions'
TERMS = {  # key: as reported, preferred term, system organ class
    'ALT': ('ALT elevated', 'Alanine aminotransferase increased', INV),
    'APPETITE': ('Poor appetite', 'Decreased appetite', 'Metabolism and nutrition disorders'),
    'ARTHRALGIA': ('Knee pain', 'Arthralgia', 'Musculoskeletal and connective tissue disorders'),
    'BACKPAIN': ('Low back pain', 'Back pain', 'Musculoskeletal and connective tissue disorders'),
    'CATARACT': ('Cataract, right eye', 'Cataract', 'Eye disorders'),
    'CHOLESTEROL': ('High cholesterol', 'Hypercholesterolaemia', 'Metabolism and nutrition disorders'),
    'COLD': ('Common cold', 'Upper respiratory tract infection', 'Infections and infestations'),
    'COVID': ('COVID-19', 'COVID-19', 'Infections and infestations'),
    'DIARRHOEA': ('Diarrhoea', 'Diarrhoea', GI),
    'DRYMOUTH': ('Dry mouth', 'Dry mouth', GI),
    'DYSPHONIA': ('Hoarse voice', 'Dysphonia', 'Respiratory, thoracic and mediastinal disorders'),
    'FATIGUE': ('Fatigue', 'Fatigue', GENERAL),
    'HYPERTENSION': ('High blood pressure', 'Hypertension', 'Vascular disorders'),
    'HYPOTHYROIDISM': ('Hypothyroid symptoms, levothyroxine withdrawn', 'Hypothyroidism', 'Endocrine disorders'),
    'LYMPHOCYTES': ('Lymphocytes low', 'Lymphocyte count decreased', INV),
    'NAUSEA': ('Nausea after 131I', 'Nausea', GI),
    'PLATELETS': ('Platelets low', 'Platelet count decreased', INV),
    'PPE': ('Hand-foot syndrome', 'Palmar-plantar erythrodysaesthesia syndrome', SKIN),
    'PROTEINURIA': ('Proteinuria', 'Proteinuria', 'Renal and urinary disorders'),
    'STOMATITIS': ('Mouth ulcers', 'Stomatitis', GI),
    'TRIGLYCERIDES': ('High triglycerides', 'Hypertriglyceridaemia', 'Metabolism and nutrition disorders')}
ACTION = {'N': 'DOSE NOT CHANGED', 'R': 'DOSE REDUCED', 'H': 'DRUG INTERRUPTED'}

# Laboratory tests: code, name, category, unit, decimals, normal range of women and of men, where a healthy value lies.
MARKERS = [('TG', 'Thyroglobulin', 'ng/mL', 3.5, 77), ('TSH', 'Thyrotropin', 'mIU/L', .27, 4.2),
           ('TGAB', 'Thyroglobulin Antibody', 'IU/mL', 0, 115)]
SAFETY = [('ALT', 'Alanine Aminotransferase', 'CHEMISTRY', 'U/L', 0, (7, 40), (9, 50), 12, 36),
          ('AST', 'Aspartate Aminotransferase', 'CHEMISTRY', 'U/L', 0, (13, 35), (15, 40), 16, 33),
          ('CREAT', 'Creatinine', 'CHEMISTRY', 'umol/L', 0, (41, 81), (57, 97), 58, 78),
          ('TRIG', 'Triglycerides', 'CHEMISTRY', 'mmol/L', 2, (.45, 1.7), (.45, 1.7), .7, 1.6),
          ('HGB', 'Hemoglobin', 'HEMATOLOGY', 'g/L', 0, (115, 150), (130, 175), 131, 148),
          ('PLAT', 'Platelets', 'HEMATOLOGY', '10^9/L', 0, (125, 350), (125, 350), 150, 290),
          ('NEUT', 'Neutrophils', 'HEMATOLOGY', '10^9/L', 2, (1.8, 6.3), (1.8, 6.3), 2.1, 4.9),
          ('LYM', 'Lymphocytes', 'HEMATOLOGY', '10^9/L', 2, (1.1, 3.2), (1.1, 3.2), 1.15, 2.2)]

# Columns after STUDYID, DOMAIN, USUBJID and --SEQ.
COLUMNS = {
    'dm': 'SUBJID RFSTDTC RFENDTC RFXSTDTC RFXENDTC RFICDTC RFPENDTC DTHDTC DTHFL SITEID AGE AGEU SEX RACE ETHNIC '
          'ARMCD ARM ACTARMCD ACTARM COUNTRY',
    'ds': 'DSTERM DSDECOD DSCAT DSSCAT DSSTDTC',
    'mh': 'MHTERM MHDECOD MHCAT MHSTDTC',
    'cm': 'CMTRT CMDECOD CMCAT CMINDC CMDOSE CMDOSU CMDOSFRQ CMROUTE CMSTDTC CMENDTC',
    'pr': 'PRTRT PRDECOD PRCAT PRDOSE PRDOSU VISITNUM VISIT PRSTDTC PRENDTC',
    'ex': 'EXTRT EXDOSE EXDOSU EXDOSFRM EXDOSFRQ EXROUTE EXADJ EXSTDTC EXENDTC',
    'tu': 'TULNKID TUTESTCD TUTEST TUORRES TUSTRESC TULOC TUMETHOD TUEVAL VISITNUM VISIT TUDTC',
    'tr': 'TRGRPID TRLNKID TRTESTCD TRTEST TRORRES TRORRESU TRSTRESC TRSTRESN TRSTRESU TRSTAT TRREASND TRMETHOD '
          'TREVAL VISITNUM VISIT TRDTC',
    'rs': 'RSTESTCD RSTEST RSCAT RSORRES RSSTRESC RSEVAL VISITNUM VISIT RSDTC',
    'lb': 'LBTESTCD LBTEST LBCAT LBORRES LBORRESU LBORNRLO LBORNRHI LBSTRESC LBSTRESN LBSTRESU LBSTNRLO LBSTNRHI '
          'LBNRIND LBSTAT LBREASND LBMETHOD LBBLFL VISITNUM VISIT LBDTC',
    'vs': 'VSTESTCD VSTEST VSORRES VSORRESU VSSTRESC VSSTRESN VSSTRESU VSBLFL VISITNUM VISIT VSDTC',
    'ae': 'AETERM AEDECOD AEBODSYS AETOXGR AESER AEREL AERELANL AERELRAI AEACN AEACNANL AEACNRAI AEOUT AESTDTC AEENDTC'}
VISITNUM = {'SCREENING': 1, 'DAY 0': 2, 'RX-WBS': 3, 'WEEK 4': 4, 'IODINE 2': 28, 'RX-WBS 2': 29, 'IODINE 3': 54,
            'RX-WBS 3': 55} | {f'WEEK {w}': w for w in range(12, 121, 12)}


def between(low, high, *key):
    """A number from low to high that depends on nothing but the key."""
    return low + (high - low) * zlib.crc32(repr(key).encode()) / 2**32


def rows_of(text):
    return [line.split() for line in text.strip().splitlines()]


def significant(value):
    """Three figures, as a laboratory prints them."""
    return f'{value:.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'


class Subject:
    """One row of PEOPLE and everything that hangs on it; add() collects the records."""

    def __init__(self, row):
        self.n, self.sex, self.age = int(row[0]), row[1], row[2]
        self.start, self.days = date.fromisoformat(row[3]), int(row[4])
        self.histology, self.diagnosed, self.earlier = row[5], row[6], row[7]
        self.end = row[8].replace('_', ' ') if len(row) > 8 else ''
        self.id = f'{STUDY}-01-{self.n:03}'
        self.last = self.days - 1
        self.blocks = next([b.split('/') for b in r[1:]] for r in rows_of(TREATMENT) if int(r[0]) == self.n)
        self.targets = [(r[1].replace('_', ' '), r[2:]) for r in rows_of(TARGETS) if int(r[0]) == self.n]
        self.events = [r[1:] for r in rows_of(EVENTS) if int(r[0]) == self.n]
        self.records = {domain: [] for domain in COLUMNS}

    def day(self, offset):
        return (self.start + timedelta(days=offset)).isoformat()

    def scan_day(self, k):
        """Scan k is due every 84 days; k = 0 is the baseline."""
        if k == 0:
            return -10 + self.n % 6
        return SCANNED.get((self.n, k)) or min(84 * k + round(between(-5, 6, 'scan', self.n, k)), self.last - 1)

    def visits(self):
        """Visits with laboratory and vital signs: name, day."""
        yield 'SCREENING', -25
        yield 'DAY 0', -1  # TSH must be known before 131I is given
        yield 'WEEK 4', 26 if self.n == 5 else 28 + self.n % 4
        for k in range(1, len(self.targets[0][1])):
            if self.targets[0][1][k] != '-':
                yield f'WEEK {12 * k}', self.scan_day(k)

    def add(self, domain, *values):
        names = COLUMNS[domain].split()
        assert len(values) == len(names), (domain, values)
        self.records[domain].append(values)


def disposition(s):
    last_dose = s.records['ex'][-1][-1]
    contact = s.day(s.last)
    consent = s.day(-28 + s.n % 3)
    s.add('dm', f'{s.n:03}', s.day(0), last_dose, s.day(0), last_dose, consent, contact if s.n in LEFT else '', '', '',
          '01', s.age, 'YEARS', s.sex, 'ASIAN', 'NOT HISPANIC OR LATINO', *('ANLRAI', 'Anlotinib + 131I') * 2, 'CHN')
    milestone = 'PROTOCOL MILESTONE'
    s.add('ds', 'Informed consent signed', 'INFORMED CONSENT OBTAINED', milestone, '', consent)
    s.add('ds', 'Enrolled', 'ENROLLED', milestone, '', s.day(0))
    if s.end == 'PROGRESSIVE DISEASE':
        ended = s.day(s.scan_day(len(s.targets[0][1]) - 1) + 3)
    else:
        ended = (date.fromisoformat(last_dose) + timedelta(days=5)).isoformat()
    if s.end:
        s.add('ds', s.end.capitalize(), s.end, 'DISPOSITION EVENT', 'END OF TREATMENT', ended)
    s.add('ds', 'Last contact', 'LAST CONTACT', 'OTHER EVENT', '', contact)
    if s.n in LEFT:
        s.add('ds', LEFT[s.n].capitalize(), LEFT[s.n], 'DISPOSITION EVENT', 'END OF STUDY', contact)


def history(s):
    name = {'PTC': 'Papillary thyroid', 'FTC': 'Follicular thyroid'}[s.histology]
    s.add('mh', f'{name} carcinoma'.upper(), f'{name} cancer', 'PRIMARY DIAGNOSIS', s.diagnosed)
    sites = sorted({organ for organ, _ in s.targets} | {organ for organ, _ in NONTARGETS.get(s.n, [])})
    for k, organ in enumerate(sites):
        preferred = 'lymph nodes' if organ == 'LYMPH NODE' else organ.lower()
        s.add('mh', f'{organ} METASTASES', f'Metastases to {preferred}', 'METASTATIC DISEASE',
              s.diagnosed if k == 0 else str(s.start.year - k % 2))
    if s.n in (8, 13):
        s.add('mh', 'HYPERTENSION', 'Hypertension', 'GENERAL', str(s.start.year - 4))


def medication(s):
    since, dose = s.diagnosed, (150 if s.sex == 'M' else 125) - 25 * (s.n % 2)
    for block in s.blocks:  # levothyroxine, withdrawn before each 131I dose and resumed after it
        iodine = int(block[0])
        s.add('cm', 'LEVOTHYROXINE SODIUM', 'LEVOTHYROXINE SODIUM', 'CONCOMITANT MEDICATION',
              'TSH SUPPRESSION', dose, 'ug', 'QD', 'ORAL', since, s.day(iodine - 23))
        since = s.day(iodine + 4)
    s.add('cm', 'LEVOTHYROXINE SODIUM', 'LEVOTHYROXINE SODIUM', 'CONCOMITANT MEDICATION', 'TSH SUPPRESSION', dose, 'ug',
          'QD', 'ORAL', since, '')
    pressure = [int(e[2].rstrip('m')) for e in s.events if e[0] == 'HYPERTENSION' and int(e[1]) >= 2]
    for drug, mg, day in zip(('AMLODIPINE', 'VALSARTAN'), (5, 80), pressure):
        s.add('cm', drug, drug, 'CONCOMITANT MEDICATION', 'HYPERTENSION', mg, 'mg', 'QD', 'ORAL', s.day(day + 1), '')
    if s.n == 4:
        s.add('cm', 'LENVATINIB', 'LENVATINIB', 'NEW ANTICANCER THERAPY', 'THYROID CANCER', 18, 'mg', 'QD', 'ORAL',
              s.day(124), '')


def procedures(s):
    s.add('pr', 'TOTAL THYROIDECTOMY', 'THYROIDECTOMY', 'PRIOR THERAPY', '', '', '', '', s.diagnosed, s.diagnosed)
    year, month = s.diagnosed.split('-')
    for k, dose in enumerate(s.earlier.split(',') if s.earlier != '-' else []):
        given = f'{int(year)}-12' if k == 0 and int(month) < 12 else f'{int(year) + 1 + k}-{month}'
        s.add('pr', 'RADIOIODINE THERAPY', 'RADIOIODINE THERAPY', 'PRIOR THERAPY', dose, 'GBq', '', '', given, given)
    for k, block in enumerate(s.blocks, 1):
        visit = 'RX-WBS' if k == 1 else f'RX-WBS {k}'
        day = s.day(int(block[0]) + int(block[2]))
        s.add('pr', 'RXWBS', 'RXWBS', 'IMAGING', '', '', VISITNUM[visit], visit, day, day)


def course(s, number, first):
    """One course of anlotinib: up to three rows when a hold splits it.  Yields first day, last day, mg, reason."""
    changes = REDUCED.get(s.n, {})
    dose = min([12] + [mg for k, mg in changes.items() if k <= number])
    reason = 'ADVERSE EVENT' if number in changes else ''
    last = min(first + 13, s.last)
    if (s.n, number) in SHORTENED:
        taken, reason = SHORTENED[s.n, number]
        last = first + taken - 1
    held = HELD.get((s.n, number))
    if held is None:
        yield first, last, dose, reason
        return
    if held[0] > first:
        yield first, held[0] - 1, dose, reason
    yield *held, 0, 'ADVERSE EVENT'
    if held[1] < last:
        yield held[1] + 1, last, dose, reason


def exposure(s):
    number = 0
    for day, activity, _, wait, courses, _ in s.blocks:
        given = s.day(int(day))
        s.add('ex', IODINE, activity, 'GBq', 'CAPSULE', 'ONCE', 'ORAL', '', given, given)
        for k in range(int(courses)):
            number += 1
            for first, last, dose, reason in course(s, number, int(day) + int(wait) + 21 * k):
                s.add('ex', 'ANLOTINIB', dose, 'mg', 'CAPSULE', 'QD', 'ORAL', reason, s.day(first), s.day(last))


def method(organ):
    return 'MRI' if organ == 'BONE' else 'CT SCAN'


def lesion_rows(s, k, visit):
    """The lesions on scan k; bone is seen by MRI the day after CT."""
    def when(organ):
        return s.day(s.scan_day(k) + (organ == 'BONE'))

    for n, (organ, sizes) in enumerate(s.targets, 1):
        test = ('SAXIS', 'Short Axis') if organ == 'LYMPH NODE' else ('LDIAM', 'Longest Diameter')
        size = sizes[k]
        status = why = ''
        if size == 'x':
            size, status, why = '', 'NOT DONE', 'NOT ASSESSABLE: Image obscured by atelectasis'
        shown = 'TOO SMALL TO MEASURE' if size == 'TS' else size
        number, unit = ('', '') if size in ('', 'TS') else (size, 'mm')
        if k == 0:
            s.add('tu', f'T{n:02}', 'TUMIDENT', 'Tumor Identification', 'TARGET', 'TARGET', organ, method(organ),
                  'INVESTIGATOR', VISITNUM[visit], visit, when(organ))
        s.add('tr', 'TARGET', f'T{n:02}', *test, shown, unit, shown, number, unit, status, why, method(organ),
              'INVESTIGATOR', VISITNUM[visit], visit, when(organ))
    for n, (organ, states) in enumerate(NONTARGETS.get(s.n, []), 1):
        state = {'P': 'PRESENT', 'A': 'ABSENT'}[states[min(k, len(states) - 1)]]
        if k == 0:
            s.add('tu', f'NT{n:02}', 'TUMIDENT', 'Tumor Identification', 'NON-TARGET', 'NON-TARGET', organ,
                  method(organ), 'INVESTIGATOR', VISITNUM[visit], visit, when(organ))
        s.add('tr', 'NON-TARGET', f'NT{n:02}', 'TUMSTATE', 'Tumor State', state, '', state, '', '', '', '',
              method(organ), 'INVESTIGATOR', VISITNUM[visit], visit, when(organ))
    if s.n in NEW and k == len(s.targets[0][1]) - 1:
        organ = NEW[s.n]
        s.add('tu', 'NEW01', 'TUMIDENT', 'Tumor Identification', 'NEW', 'NEW', organ, method(organ), 'INVESTIGATOR',
              VISITNUM[visit], visit, when(organ))
        s.add('tr', 'NEW', 'NEW01', 'TUMSTATE', 'Tumor State', 'UNEQUIVOCAL', '', 'UNEQUIVOCAL', '', '', '', '',
              method(organ), 'INVESTIGATOR', VISITNUM[visit], visit, when(organ))


def uptake_rows(s):
    for k, block in enumerate(s.blocks, 1):
        visit = 'RX-WBS' if k == 1 else f'RX-WBS {k}'
        for n, sign in enumerate(block[5], 1):
            seen = {'+': 'AVID', '-': 'NOT AVID'}[sign]
            s.add('tr', '', f'T{n:02}', 'RAIUPT', 'Iodine-131 Uptake', seen, '', seen, '', '', '', '', 'RX-WBS',
                  'INVESTIGATOR', VISITNUM[visit], visit, s.day(int(block[0]) + int(block[2])))


def response_rows(s, k, visit):
    target = TARGET_RESPONSE[s.n].split()[k - 1]
    organs = [organ for organ, _ in s.targets]
    new = s.n in NEW and k == len(s.targets[0][1]) - 1
    results = [('TRGRESP', 'Target Response', target)]
    if s.n in NONTARGETS:
        states = [states[min(k, len(states) - 1)] for _, states in NONTARGETS[s.n]]
        organs += [organ for organ, _ in NONTARGETS[s.n]]
        results.append(('NTRGRESP', 'Non-target Response', 'CR' if set(states) == {'A'} else 'NON-CR/NON-PD'))
    if new:
        organs.append(NEW[s.n])
        results.append(('NEWLPROG', 'New Lesion Progression', 'UNEQUIVOCAL'))
    results.append(('OVRLRESP', 'Overall Response', 'PD' if new else target))
    for code, name, value in results:
        s.add('rs', code, name, 'RECIST 1.1', value, value, 'INVESTIGATOR', VISITNUM[visit], visit,
              s.day(s.scan_day(k) + ('BONE' in organs)))


def tumours(s):
    lesion_rows(s, 0, 'SCREENING')
    uptake_rows(s)
    for k in range(1, len(s.targets[0][1])):
        if s.targets[0][1][k] != '-':
            lesion_rows(s, k, f'WEEK {12 * k}')
            response_rows(s, k, f'WEEK {12 * k}')
    s.records['tr'].sort(key=lambda row: row[-1])


def laboratory_row(s, visit, day, test, result, low, high, how='', baseline=''):
    code, name, category, unit = test
    result = str(LABORATORY.get((s.n, visit, code), result))
    if result == 'NOT DONE':
        s.add('lb', code, name, category, '', '', '', '', '', '', '', '', '', '', 'NOT DONE', 'INSUFFICIENT SAMPLE', '',
              '', VISITNUM[visit], visit, s.day(day))
        return
    number = '' if result.startswith('<') else result
    value = float(result.lstrip('<'))
    flag = 'LOW' if value < low else 'HIGH' if value > high else 'NORMAL'
    s.add('lb', code, name, category, result, unit, low, high, result, number, unit, low, high, flag, '', '', how,
          baseline, VISITNUM[visit], visit, s.day(day))


def thyroglobulin(s, index, week):
    """Tg on levothyroxine: listed, or falling from the first value towards a fraction of it."""
    plan = THYROGLOBULIN[s.n]
    if isinstance(plan, list):
        value = plan[index]
        return value if isinstance(value, str) else significant(value)
    base, floor = plan
    fall = floor + (1 - floor) * 4 / (4 + week) if index else 1
    return significant(base * fall * (between(.96, 1.04, 'tg', s.n, index) if index else 1))


def marker_rows(s, visit, day, tg, tsh, baseline):
    how = OTHER_ASSAY.get((s.n, visit), 'ECLIA')
    tgab = f'{between(10.5, 24, "tgab", s.n) + between(-.5, .5, "tgab", s.n, visit):.1f}'
    for (code, name, unit, low, high), result in zip(MARKERS, (tg, tsh, tgab)):
        laboratory_row(s, visit, day, (code, name, 'TUMOR MARKER', unit), result, low, high,
                       how if code == 'TG' else 'ECLIA', baseline)


def laboratory(s):
    ratio = between(4.5, 11, 'ratio', s.n)  # Tg off levothyroxine to Tg on it
    for index, (visit, day) in enumerate(s.visits()):
        position = index - (index > 1)  # in the values on levothyroxine, of which DAY 0 has none
        week = VISITNUM[visit]
        if visit == 'DAY 0':
            base = float(thyroglobulin(s, 0, 0))
            marker_rows(s, visit, day, significant(base * ratio), f'{between(34, 112, "tsh", s.n, visit):.1f}', '')
        else:
            tsh = between(.4, 3.9, 'tsh', s.n) if visit == 'WEEK 4' else between(.02, .46, 'tsh', s.n, visit)
            marker_rows(s, visit, day, thyroglobulin(s, position, week), f'{tsh:.2f}', 'Y' if index == 0 else '')
        for code, name, category, unit, places, women, men, low, high in SAFETY:
            middle = between(low, high, code, s.n)
            value = middle + .12 * (between(low, high, code, s.n, visit) - middle)
            laboratory_row(s, visit, day, (code, name, category, unit), f'{value:.{places}f}',
                           *(men if s.sex == 'M' else women), baseline='Y' if visit == 'DAY 0' else '')
    for k, block in enumerate(s.blocks[1:], 2):
        tg = float(thyroglobulin(s, 3 if k == 2 else 5, 24 if k == 2 else 48).lstrip('<'))
        visit = f'IODINE {k}'
        marker_rows(s, visit, int(block[0]) - 1, significant(tg * ratio * between(.8, 1, 'stimulated', s.n, k)),
                    f'{between(32, 88, "tsh", s.n, visit):.1f}', '')
    s.records['lb'].sort(key=lambda row: row[-1])


def pressure(s, day):
    """Systolic and diastolic pressure, higher while hypertension lasts; a grade >= 2 without end is under treatment."""
    grade = 0
    for term, g, first, last, _, _ in s.events:
        if term == 'HYPERTENSION' and int(first) <= day and (last == '.' or day <= int(last)):
            treated = last == '.' and day > int(first) + 60
            grade = max(grade, 1 if treated else int(g))
    low, high = {0: ((104, 117), (64, 77)), 1: ((126, 138), (80, 88)), 2: ((142, 156), (90, 98)),
                 3: ((162, 176), (98, 106))}[grade]
    return round(between(*low, 'sys', s.n, day)), round(between(*high, 'dia', s.n, day))


def vital_signs(s):
    height = round(between(166, 178, 'h', s.n) if s.sex == 'M' else between(153, 168, 'h', s.n))
    weight = between(62, 80, 'w', s.n) if s.sex == 'M' else between(50, 68, 'w', s.n)
    for index, (visit, day) in enumerate(s.visits()):
        systolic, diastolic = pressure(s, day)
        kilograms = weight * (1 - .01 * min(index, 5) / 2) + between(-.6, .6, 'w', s.n, visit)
        signs = [('SYSBP', 'Systolic Blood Pressure', systolic, 'mmHg'),
                 ('DIABP', 'Diastolic Blood Pressure', diastolic, 'mmHg'),
                 ('WEIGHT', 'Weight', f'{kilograms:.1f}', 'kg')]
        if visit == 'SCREENING':
            signs.append(('HEIGHT', 'Height', height, 'cm'))
        for code, name, value, unit in signs:
            baseline = 'Y' if visit == ('SCREENING' if code == 'HEIGHT' else 'DAY 0') else ''
            s.add('vs', code, name, value, unit, value, value, unit, baseline, VISITNUM[visit], visit, s.day(day))


def adverse_events(s):
    def when(text):
        return '' if text == '.' else s.day(int(text.rstrip('m')))[:7 if text.endswith('m') else 10]

    def related(drugs):
        return 'RELATED' if cause in drugs else 'NOT RELATED'

    for term, grade, first, last, cause, action in s.events:
        outcome = 'NOT RECOVERED/NOT RESOLVED' if last == '.' else 'RECOVERED/RESOLVED'
        before = int(first.rstrip('m')) < int(s.blocks[0][3])  # before the first anlotinib
        taken = 'NOT APPLICABLE' if before else ACTION[action]
        s.add('ae', *TERMS[term], grade, 'N', related('AIB'), related('AB'), related('IB'), taken, taken,
              'NOT APPLICABLE' if int(first.rstrip('m')) < 0 else 'DOSE NOT CHANGED', outcome, when(first), when(last))


def main():
    if len(sys.argv) != 2:
        sys.exit('usage: make-example.py DIRECTORY')
    os.makedirs(sys.argv[1], exist_ok=True)
    subjects = [Subject(row) for row in rows_of(PEOPLE)]
    for s in subjects:
        for part in (exposure, disposition, history, medication, procedures, tumours, laboratory, vital_signs,
                     adverse_events):
            part(s)
    for domain, names in COLUMNS.items():
        path = os.path.join(sys.argv[1], f'{domain}.csv')
        with open(path, 'w', encoding='utf-8', newline='') as file:
            out = csv.writer(file, lineterminator='\n')
            sequence = [] if domain == 'dm' else [domain.upper() + 'SEQ']
            out.writerow(['STUDYID', 'DOMAIN', 'USUBJID', *sequence, *names.split()])
            for s in subjects:
                for n, values in enumerate(s.records[domain], 1):
                    out.writerow([STUDY, domain.upper(), s.id, *([n] if sequence else []), *values])


if __name__ == '__main__':
    main()
