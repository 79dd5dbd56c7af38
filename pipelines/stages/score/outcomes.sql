-- reads: batch_runs, ledger
-- writes: nothing
--
-- The outcome of each expected response, and how the policy of the run's board counts it ($policies: outcome to policy).
SELECT run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, group_id, outcome, detail,
       CASE WHEN outcome = 'scored' THEN 'answer' ELSE $policies[outcome] END AS policy
FROM ledger JOIN batch_runs USING (run_no)
ORDER BY run_no, dataset, item_id, variant, condition, repeat
