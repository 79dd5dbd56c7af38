-- reads: batch_runs, component_scores, jobs, ledger, node_scores
-- writes: nothing
--
-- The values that enter means. A scored response has its components' values (an unreadable component of a response
-- that was otherwise scored counts 0); an outcome whose policy is `wrong` has 0 for every component; the others none. Where counts are pooled, an answer
-- that does not count misses all labels of its item, and one where no label applies: silence is no answer.
SELECT r.run_id, r.benchmark, l.dataset, r.pool, l.item_id, l.variant, l.condition, l.repeat, l.attempt, l.n_attempts,
       l.group_id, l.group_no, c.metric, c.node, c.component,
       CASE WHEN counts THEN c.value ELSE 0 END AS value,
       CASE WHEN counts THEN round(c.value * 1e9)::BIGINT ELSE 0 END AS score_1e9,
       CASE WHEN counts THEN c.tp WHEN c.tp IS NULL THEN NULL ELSE 0 END AS tp,
       CASE WHEN counts THEN c.fp WHEN c.fp IS NULL THEN NULL ELSE 0 END AS fp,
       CASE WHEN counts THEN c.fn ELSE greatest(c.tp + c.fn, 1) END AS fn,
       CASE WHEN counts THEN c.answer END AS answer,
       CASE WHEN counts THEN c.read_by ELSE l.outcome END AS read_by,
       NOT counts AS by_policy, j.scorer_version
FROM (
  SELECT l.*, l.outcome = 'scored' AS is_scored FROM ledger AS l
  WHERE l.outcome = 'scored' OR $policies[l.outcome] = 'wrong'
) AS l
JOIN (
  SELECT run_no, dataset, item_id, variant, condition, repeat, component, metric, '' AS node,
         status = 'ok' OR status = 'conflict' AND $policies['conflict'] = 'letter' AS is_ok, value, tp, fp, fn, answer, read_by
  FROM component_scores WHERE status <> 'excluded'
  UNION ALL
  SELECT run_no, dataset, item_id, variant, condition, repeat, component, metric, node, is_ok, value, tp, fp, fn, NULL, 'judge'
  FROM node_scores
) AS c
  USING (run_no, dataset, item_id, variant, condition, repeat)
JOIN jobs AS j ON j.dataset = l.dataset AND j.component = c.component
JOIN batch_runs AS r USING (run_no)
CROSS JOIN LATERAL (SELECT l.is_scored AND c.is_ok AS counts)
ORDER BY r.run_no, l.dataset, item_id, variant, condition, repeat, component, node
