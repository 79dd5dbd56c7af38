-- reads: expected, items_private, jobs, judged_criteria
-- writes: component_scores, criteria_nodes, item_criteria, node_scores
--
-- Scorer `criteria`: weighted criteria of an item, points of the criteria that were met (some negative) divided by all positive
-- points; for the whole answer, and for each tag of its criteria (axis, theme) as a node of the score. Points and verdicts are summed as integers.
-- A criterion that the judge could not rate counts as not met and is named in the detail; one without a readable verdict makes the
-- verdict incomplete, and an incomplete verdict is no grade.
CREATE OR REPLACE TEMP TABLE item_criteria AS
SELECT dataset, item_id, variant, 'criterion/' || number AS criterion,
       round(CASE WHEN json_exists(point, '$.points') THEN TRY_CAST(point ->> '$.points' AS DOUBLE) ELSE 1 END * 1e6)::BIGINT AS points,
       list_distinct(list_filter(coalesce(CAST(json_extract(point, '$.tags') AS VARCHAR[]), []), lambda tag: tag <> '')) AS tags
FROM (
  SELECT dataset, item_id, variant, unnest(json_extract(key_points, '$[*]')) AS point,
         generate_subscripts(json_extract(key_points, '$[*]'), 1) AS number
  FROM items_private
  WHERE benchmark = $benchmark AND pool = $pool AND dataset IN (SELECT dataset FROM jobs WHERE scorer = $scorer)
);

-- One row per expected response, component and node ('' = the whole answer).
CREATE OR REPLACE TEMP TABLE criteria_nodes AS
WITH owed AS (
  SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, e.has_gold, j.component, j.metric,
         coalesce(json_extract_string(j.settings, '$.clip') = 'item', FALSE) AS clipped
  FROM expected AS e
  JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
),
verdicts AS (
  SELECT o.*, c.criterion, c.points, c.tags, v.criterion IS NOT NULL AS is_seen, coalesce(v.n_ok, 0) > 0 AS is_rated,
         coalesce(v.n_cannot_rate, 0) > 0 AS is_unratable, c.points::HUGEINT * coalesce(v.verdict, 0) AS gained
  FROM owed AS o
  LEFT JOIN item_criteria AS c ON (c.dataset, c.item_id, c.variant) = (o.dataset, o.item_id, o.variant)
  LEFT JOIN judged_criteria AS v
    ON (v.run_no, v.dataset, v.item_id, v.variant, v.condition, v.repeat, v.criterion)
     = (o.run_no, o.dataset, o.item_id, o.variant, o.condition, o.repeat, c.criterion)
),
noded AS (
  SELECT *, '' AS node FROM verdicts UNION ALL SELECT *, unnest(tags) AS node FROM verdicts
)
SELECT run_no, dataset, item_id, variant, condition, repeat, component, metric, node, any_value(has_gold) AS has_gold,
       count(criterion) AS n, count(*) FILTER (criterion IS NOT NULL AND points IS NULL) AS n_unreadable,
       count(*) FILTER (is_seen) AS n_seen, count(*) FILTER (is_rated) AS n_rated,
       count(*) FILTER (is_seen AND NOT is_rated AND NOT is_unratable) AS n_failed,
       count(*) FILTER (points > 0 AND gained > 0) AS n_gained, count(*) FILTER (points < 0 AND gained < 0) AS n_lost,
       count(*) FILTER (points > 0) AS n_positive,
       CASE WHEN any_value(clipped) THEN greatest(0, sum(gained)) ELSE sum(gained) END::DOUBLE
         / nullif(sum(points) FILTER (points > 0) * 1000000, 0)::DOUBLE AS value
FROM noded
GROUP BY run_no, dataset, item_id, variant, condition, repeat, component, metric, node;

INSERT INTO component_scores
SELECT run_no, dataset, item_id, variant, condition, repeat, component, metric,
       CASE
         WHEN n = 0 AND NOT has_gold OR n_unreadable > 0 THEN 'awaiting_gold'
         WHEN value IS NULL THEN 'excluded'
         WHEN n_seen = 0 AND n > 0 THEN 'awaiting_judgment'
         WHEN n_failed > 0 OR n_seen < n OR n_rated = 0 THEN 'judge_failed'
         ELSE 'ok'
       END AS status,
       coalesce(value, 0) AS value, n_gained::INTEGER AS tp, n_lost::INTEGER AS fp, (n_positive - n_gained)::INTEGER AS fn,
       NULL AS answer, 'judge' AS read_by,
       CASE
         WHEN n_unreadable > 0 THEN 'criterion without readable points'
         WHEN n > 0 AND value IS NULL THEN 'no criterion with positive points'
         WHEN n_seen > 0 AND n_rated < n THEN concat(n - n_rated, ' of ', n, ' criteria not rated')
       END AS detail
FROM criteria_nodes
WHERE node = '';

-- Values of the tags; a tag without positive points has none.
CREATE OR REPLACE TEMP TABLE node_scores AS
SELECT n.run_no, n.dataset, n.item_id, n.variant, n.condition, n.repeat, n.component, n.metric, n.node, c.status = 'ok' AS is_ok,
       n.value, n.n_gained::INTEGER AS tp, n.n_lost::INTEGER AS fp, (n.n_positive - n.n_gained)::INTEGER AS fn
FROM criteria_nodes AS n
JOIN component_scores AS c USING (run_no, dataset, item_id, variant, condition, repeat, component)
WHERE n.node <> '' AND n.value IS NOT NULL AND c.status <> 'excluded';
