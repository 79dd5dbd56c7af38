-- The first and only touch of a run's score rows (`run_scores`): sums per group, component and repetition. All sums are of
-- integers, so any order of rows gives the same. Units right and wrong are summed only where a dataset pools them.
CREATE OR REPLACE TEMP VIEW plain_groups AS
SELECT component, group_no, repeat, count(*) AS n, sum(score_1e9)::BIGINT AS total, min(score_1e9) AS least,
       count(*) FILTER (by_policy) AS n_policy, min(score_1e9) FILTER (NOT by_policy) AS least_answered,
       NULL::BIGINT AS tp, NULL::BIGINT AS fp, NULL::BIGINT AS fn
FROM run_scores WHERE NOT pooled
GROUP BY component, group_no, repeat;

CREATE OR REPLACE TEMP VIEW pooled_groups AS
SELECT component, group_no, repeat, count(*) AS n, sum(score_1e9)::BIGINT AS total, min(score_1e9) AS least,
       count(*) FILTER (by_policy) AS n_policy, min(score_1e9) FILTER (NOT by_policy) AS least_answered,
       sum(tp)::BIGINT AS tp, sum(fp)::BIGINT AS fp, sum(fn)::BIGINT AS fn
FROM run_scores WHERE pooled
GROUP BY component, group_no, repeat
