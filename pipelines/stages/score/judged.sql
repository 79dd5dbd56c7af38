-- reads: batch_judgments, item_golds, rubric_criteria
-- writes: judged, judged_criteria
--
-- The judge's verdicts by criterion: key points, criteria with points, and the rubric's own criteria (`scale`). A
-- criterion that was judged several times counts once, with the mean of its verdicts; `scored_verdicts` decides which judge version
-- counts. Verdicts are summed as integers, so that the order of rows does not change the last digit.
-- `is_counted`: the criterion belongs to the rubric; where the rubric's criteria are not known, all belong.
CREATE OR REPLACE TEMP TABLE judged_criteria AS
WITH rubrics AS (
  SELECT dataset, rubric_version, 'scale' AS kind, name, criterion FROM rubric_criteria WHERE benchmark = $benchmark AND judge = $judge
),
wanted AS (
  SELECT dataset, rubric_version, kind, count(DISTINCT criterion) AS n_wanted FROM rubrics GROUP BY ALL
),
verdicts AS (
  SELECT *, round(value / scale_max * 1e6)::BIGINT AS verdict, verdict_kind(criterion) AS kind FROM batch_judgments
)
SELECT v.run_no, v.dataset, v.item_id, v.variant, v.condition, v.repeat, v.kind, coalesce(r.criterion, v.criterion) AS criterion,
       count(*) FILTER (v.status = 'ok') AS n_ok, count(*) FILTER (v.status = 'cannot_rate') AS n_cannot_rate,
       (sum(v.verdict) FILTER (v.status = 'ok')) // count(*) FILTER (v.status = 'ok') AS verdict,
       any_value(w.n_wanted) AS n_wanted, any_value(w.n_wanted) IS NULL OR any_value(r.criterion) IS NOT NULL AS is_counted
FROM verdicts AS v
LEFT JOIN wanted AS w USING (dataset, kind, rubric_version)
LEFT JOIN rubrics AS r ON (r.dataset, r.kind, r.rubric_version, r.name) = (v.dataset, v.kind, v.rubric_version, v.criterion)
GROUP BY v.run_no, v.dataset, v.item_id, v.variant, v.condition, v.repeat, v.kind, coalesce(r.criterion, v.criterion);

-- One row per response: key points matched, and the sum of the grades on the rubric's criteria.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT run_no, dataset, item_id, variant, condition, repeat,
       count(*) FILTER (kind = 'key_point') AS points_seen,
       count(*) FILTER (point <= points AND n_ok > 0) AS points_judged,
       coalesce(sum(verdict) FILTER (point <= points AND n_ok > 0), 0)::BIGINT AS points_matched_1e6,
       count(*) FILTER (kind = 'scale') AS criteria_seen,
       coalesce(max(n_wanted), count(*) FILTER (kind = 'scale')) AS criteria_wanted,
       count(*) FILTER (kind = 'scale' AND is_counted AND n_ok > 0) AS criteria_judged,
       coalesce(sum(verdict) FILTER (kind = 'scale' AND is_counted AND n_ok > 0), 0)::BIGINT AS criteria_1e6
FROM (
  SELECT *, CASE WHEN kind = 'key_point' THEN TRY_CAST(split_part(criterion, '/', 2) AS INTEGER) END AS point
  FROM judged_criteria LEFT JOIN item_golds USING (dataset, item_id, variant)
)
GROUP BY run_no, dataset, item_id, variant, condition, repeat;
