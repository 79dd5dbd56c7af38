-- reads: judgments
-- writes: judged, judged_criteria
--
-- The judge's verdicts by criterion: key points, criteria with points, and the rubric's own criteria (`scale`). A
-- criterion that was judged several times counts once, with the mean of its verdicts; of several rubric versions the one with
-- the most verdicts counts. Verdicts are summed as integers, so that the order of rows does not change the last digit.
CREATE OR REPLACE TEMP TABLE judged_criteria AS
WITH verdicts AS (
  SELECT *, round(value / scale_max * 1e6)::BIGINT AS verdict,
         verdict_kind(criterion) AS kind
  FROM judgments
  WHERE run_id = $run_id AND judge = $judge
),
versions AS (
  SELECT kind, rubric_version FROM verdicts GROUP BY kind, rubric_version
  QUALIFY row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, rubric_version) = 1
)
SELECT dataset, item_id, variant, condition, repeat, kind, criterion, count(*) FILTER (status = 'ok') AS n_ok,
       count(*) FILTER (status = 'cannot_rate') AS n_cannot_rate,
       (sum(verdict) FILTER (status = 'ok')) // count(*) FILTER (status = 'ok') AS verdict
FROM verdicts JOIN versions USING (kind, rubric_version)
GROUP BY dataset, item_id, variant, condition, repeat, kind, criterion;

-- One row per response: key points matched and the mean of the rubric's criteria.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT dataset, item_id, variant, condition, repeat,
       count(*) FILTER (kind = 'key_point' AND n_ok > 0) AS points_judged,
       count(*) FILTER (kind = 'key_point' AND n_ok = 0) AS points_failed,
       coalesce(sum(verdict) FILTER (kind = 'key_point' AND n_ok > 0), 0)::BIGINT AS points_matched_1e6,
       count(*) FILTER (kind = 'scale' AND n_ok > 0) AS criteria_judged,
       count(*) FILTER (kind = 'scale' AND n_ok = 0) AS criteria_failed,
       coalesce(sum(verdict) FILTER (kind = 'scale' AND n_ok > 0), 0)::BIGINT AS criteria_1e6
FROM judged_criteria
GROUP BY dataset, item_id, variant, condition, repeat;
