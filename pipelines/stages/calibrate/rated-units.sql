-- reads: items, judgments, ratings, responses, runs
-- writes: nothing
--
-- Every judged answer that people rated on the same criterion and the same scale. First verdicts only: later repeats show
-- the judge's consistency, not its agreement with people.
WITH people AS (
  SELECT benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, criterion, scale_min, scale_max,
         list({rater: rater, value: value, blinded: blinded} ORDER BY rater) AS ratings,
         max(inclusion_probability) AS inclusion
  FROM ratings
  WHERE value IS NOT NULL
  GROUP BY ALL
),
-- Few of the answers were rated: only the verdicts on those are kept for the join.
answers AS (
  SELECT benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, length(raw) AS answer_length
  FROM responses SEMI JOIN ratings USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat)
)
SELECT j.benchmark, j.judge, j.rubric_version, coalesce(j.prompt_hash, '') AS prompt_hash,
       regexp_replace(j.criterion, '/[0-9]+$', '') AS criterion,
       CASE WHEN regexp_matches(j.criterion, '/[0-9]+$')
            THEN coalesce(j.prompt_place, TRY_CAST(regexp_extract(j.criterion, '/([0-9]+)$', 1) AS INTEGER)) END AS position,
       {{response}} AS response, {{cluster}} AS cluster,
       j.scale_min, j.scale_max, j.value AS verdict, p.ratings, p.inclusion,
       j.run_id, coalesce(r.system, j.run_id) AS system, coalesce(r.family, r.system, j.run_id) AS family,
       j.dataset, j.pool, coalesce(i.language, 'und') AS language, coalesce(i.specialty_primary, '') AS specialty,
       a.answer_length
FROM judgments AS j
JOIN people AS p USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, criterion, scale_min, scale_max)
LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (j.benchmark, j.dataset, j.pool, j.item_id, j.variant)
LEFT JOIN runs AS r ON r.run_id = j.run_id
LEFT JOIN answers AS a
  ON (a.benchmark, a.run_id, a.dataset, a.pool, a.item_id, a.variant, a.condition, a.repeat)
   = (j.benchmark, j.run_id, j.dataset, j.pool, j.item_id, j.variant, j.condition, j.repeat)
WHERE j.judge_repeat = 1 AND j.status = 'ok'
ORDER BY j.benchmark, j.judge, j.rubric_version, prompt_hash, criterion, response, position
