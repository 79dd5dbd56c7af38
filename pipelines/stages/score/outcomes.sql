-- reads: ledger
-- writes: nothing
--
-- The outcome of each expected response, and how the policy of the run's board counts it ($policies: outcome to policy).
SELECT $run_id AS run_id, $benchmark AS benchmark, dataset, $pool AS pool, item_id, variant, condition, repeat, group_id, outcome, detail,
       CASE WHEN outcome = 'scored' THEN 'answer' ELSE $policies[outcome] END AS policy
FROM ledger
ORDER BY dataset, item_id, variant, condition, repeat
