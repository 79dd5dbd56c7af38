-- One row per response with what the judge said of it: key points matched and the mean of the rubric's criteria.
-- Verdicts are summed as integers, so that the order of rows does not move the last digit.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT dataset, item_id, variant, condition, repeat,
       count(*) FILTER (point AND status = 'ok') AS points_judged,
       count(*) FILTER (point AND status <> 'ok') AS points_failed,
       coalesce(sum(verdict) FILTER (point AND status = 'ok'), 0)::BIGINT AS points_matched_1e6,
       count(*) FILTER (NOT point AND status = 'ok') AS criteria_judged,
       count(*) FILTER (NOT point AND status <> 'ok') AS criteria_failed,
       coalesce(sum(verdict) FILTER (NOT point AND status = 'ok'), 0)::BIGINT AS criteria_1e6
FROM (
  SELECT *, starts_with(criterion, 'key_point/') AS point,
         round(value / scale_max * 1e6)::BIGINT AS verdict
  FROM judgments
  WHERE run_id = $run_id AND judge = $judge
)
GROUP BY dataset, item_id, variant, condition, repeat;
