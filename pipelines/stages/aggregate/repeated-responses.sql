-- reads: batch_runs, outcomes, place_groups
-- writes: repeated_responses
--
-- How many responses were expected of the runs that asked prompts more than once; without repeats it is one per variant.
CREATE OR REPLACE TEMP TABLE repeated_responses AS
SELECT r.run_no, p.mix, count(*) AS n
FROM outcomes AS o
JOIN (SELECT run_no, run_id FROM batch_runs WHERE repeats > 1) AS r USING (run_id)
JOIN place_groups AS p USING (dataset, group_id)
WHERE o.condition = 'base' AND o.outcome <> 'excluded'
GROUP BY r.run_no, p.mix
