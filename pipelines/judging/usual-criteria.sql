-- reads: judgments, known_rubrics
-- writes: rubric_criteria
--
-- Criteria of rubrics that the workbench does not know: those on which a judge gave, or failed to give, a verdict for at least half of the
-- answers of a dataset that it judged by that rubric. A criterion that turns up in a few replies does not make all others incomplete.
INSERT INTO rubric_criteria
WITH verdicts AS (
  SELECT benchmark, dataset, judge, rubric_version, criterion,
         hash(run_id, pool, item_id, variant, condition, repeat) AS answer
  FROM judgments
  WHERE verdict_kind(criterion) = 'scale'
    AND (benchmark, dataset, judge, rubric_version) NOT IN (SELECT (benchmark, dataset, judge, rubric_version) FROM known_rubrics)
),
answers AS (
  SELECT benchmark, dataset, judge, rubric_version, count(DISTINCT answer) AS n_answers FROM verdicts GROUP BY ALL
),
criteria AS (
  SELECT benchmark, dataset, judge, rubric_version, criterion, count(DISTINCT answer) AS n_judged FROM verdicts GROUP BY ALL
)
SELECT benchmark, dataset, judge, rubric_version, criterion AS name, criterion
FROM criteria JOIN answers USING (benchmark, dataset, judge, rubric_version)
WHERE 2 * n_judged >= n_answers
