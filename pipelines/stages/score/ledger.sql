-- reads: answers, component_scores, expected, finish_meanings, jobs
-- writes: ledger
--
-- What became of each expected response: exactly one outcome. The first condition that is true decides, from "no
-- answer" over "cannot be scored yet" to "scored". $conflict is the board's policy for a letter that contradicts its text: under
-- `letter` the response is scored by the letter.
CREATE OR REPLACE TEMP TABLE ledger AS
WITH parts AS (
  SELECT run_no, dataset, item_id, variant, condition, repeat,
         count(*) FILTER (status = 'ok' OR status = 'conflict' AND $conflict = 'letter') AS n_ok,
         count(*) FILTER (status = 'ok' AND (dataset, component) IN (SELECT (dataset, component) FROM jobs WHERE reads IN ('verdicts', 'scores'))) AS n_verdicts,
         count(*) FILTER (status = 'excluded') AS n_excluded,
         count(*) FILTER (status = 'awaiting_gold') AS n_awaiting_gold,
         count(*) FILTER (status = 'awaiting_judgment') AS n_awaiting_judgment,
         count(*) FILTER (status = 'judge_failed') AS n_judge_failed,
         count(*) FILTER (status = 'conflict') AS n_conflict,
         count(*) FILTER (status = 'refused') AS n_refused,
         count(*) FILTER (status = 'truncated') AS n_truncated,
         count(*) AS n_components,
         coalesce(min(detail) FILTER (status NOT IN ('ok', 'excluded')), min(detail)) AS detail
  FROM component_scores
  GROUP BY run_no, dataset, item_id, variant, condition, repeat
)
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, e.attempt, e.n_attempts, e.group_id, e.group_no, e.part,
       CASE
         WHEN e.excluded IS NOT NULL THEN 'excluded'
         WHEN a.dataset IS NULL THEN 'missing'
         WHEN a.is_empty AND a.failed THEN 'errored'
         -- A verdict or a given score may come without the text that it is about; a text that is there and blank is an empty answer.
         WHEN a.is_empty AND NOT (a.is_withheld AND coalesce(p.n_verdicts, 0) > 0) THEN
           CASE WHEN f.meaning = 'truncated' THEN 'truncated' WHEN f.meaning IN ('refused', 'filtered') THEN 'refused' ELSE 'empty' END
         WHEN p.n_components IS NULL THEN 'excluded'
         WHEN p.n_awaiting_gold > 0 THEN 'awaiting_gold'
         WHEN p.n_awaiting_judgment > 0 THEN 'awaiting_judgment'
         WHEN p.n_judge_failed > 0 THEN 'judge_failed'
         WHEN p.n_excluded = p.n_components THEN 'excluded'
         WHEN p.n_ok > 0 THEN 'scored'
         WHEN p.n_conflict > 0 THEN 'conflict'
         WHEN p.n_refused > 0 OR f.meaning IN ('refused', 'filtered') THEN 'refused'
         WHEN p.n_truncated > 0 OR f.meaning = 'truncated' THEN 'truncated'
         ELSE 'unparsed'
       END AS outcome,
       CASE
         WHEN e.excluded IS NOT NULL THEN e.excluded
         WHEN a.dataset IS NULL AND NOT e.submitted THEN 'dataset not submitted'
         WHEN p.n_components IS NULL THEN 'metric is not computed here'
         ELSE p.detail
       END AS detail
FROM expected AS e
LEFT JOIN answers AS a USING (run_no, dataset, item_id, variant, condition, repeat)
LEFT JOIN parts AS p USING (run_no, dataset, item_id, variant, condition, repeat)
LEFT JOIN finish_meanings AS f ON f.finish_reason = a.finish_reason;
