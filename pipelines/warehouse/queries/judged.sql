-- One row per response with what the judge said of it: key points matched and the mean of the rubric's criteria. A criterion
-- that was judged several times counts once, with the mean of its verdicts; of several rubric versions the one with the most
-- verdicts counts. Verdicts are summed as integers, so that the order of rows does not move the last digit.
CREATE OR REPLACE TEMP TABLE judged AS
WITH verdicts AS (
  SELECT *, starts_with(criterion, 'key_point/') AS point, round(value / scale_max * 1e6)::BIGINT AS verdict
  FROM judgments
  WHERE run_id = $run_id AND judge = $judge
),
versions AS (
  SELECT point, rubric_version FROM verdicts GROUP BY point, rubric_version
  QUALIFY row_number() OVER (PARTITION BY point ORDER BY count(*) DESC, rubric_version) = 1
),
criteria AS (
  SELECT dataset, item_id, variant, condition, repeat, criterion, point,
         count(*) FILTER (status = 'ok') AS n_ok, (sum(verdict) FILTER (status = 'ok')) // count(*) FILTER (status = 'ok') AS verdict
  FROM verdicts JOIN versions USING (point, rubric_version)
  GROUP BY dataset, item_id, variant, condition, repeat, criterion, point
)
SELECT dataset, item_id, variant, condition, repeat,
       count(*) FILTER (point AND n_ok > 0) AS points_judged,
       count(*) FILTER (point AND n_ok = 0) AS points_failed,
       coalesce(sum(verdict) FILTER (point AND n_ok > 0), 0)::BIGINT AS points_matched_1e6,
       count(*) FILTER (NOT point AND n_ok > 0) AS criteria_judged,
       count(*) FILTER (NOT point AND n_ok = 0) AS criteria_failed,
       coalesce(sum(verdict) FILTER (NOT point AND n_ok > 0), 0)::BIGINT AS criteria_1e6
FROM criteria
GROUP BY dataset, item_id, variant, condition, repeat;
