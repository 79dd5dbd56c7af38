-- reads: batch_runs, task_units
-- writes: distributions
--
-- How many groups of each dataset have each value, for a batch of runs.
INSERT INTO distributions
SELECT r.run_id, r.system, r.benchmark, r.pool, r.board, r.track, u.dataset, round(u.mean_1e9 / 1e9, 4) AS group_score, sum(u.k)::BIGINT AS n_groups
FROM task_units AS u JOIN batch_runs AS r USING (run_no)
GROUP BY r.run_id, r.system, r.benchmark, r.pool, r.board, r.track, u.dataset, group_score
