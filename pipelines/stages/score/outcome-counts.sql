-- reads: batch_runs, ledger
-- writes: nothing
--
-- How many responses of each dataset had which outcome, and how many because the dataset was not submitted.
SELECT run_id, dataset, condition, outcome,
       CASE WHEN outcome = 'scored' THEN 'answer' ELSE $policies[outcome] END AS policy, count(*) AS n,
       count(*) FILTER (detail = 'dataset not submitted') AS n_unsubmitted
FROM ledger JOIN batch_runs USING (run_no)
GROUP BY ALL
ORDER BY ALL
