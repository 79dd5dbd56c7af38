-- reads: items, place_groups, place_mixes
-- writes: nothing
--
-- The questions (groups of variants) of a place that count, with what they are about. A group has one language, by its first item.
SELECT p.group_no, p.dataset, p.group_id, m.specialty_primary, m.specialty_secondary, coalesce(l.language, '') AS language
FROM place_groups AS p
JOIN place_mixes AS m USING (mix)
LEFT JOIN (
  SELECT dataset, group_id, min(language) AS language
  FROM items
  WHERE benchmark = $benchmark AND pool = $pool AND track = $track
  GROUP BY dataset, group_id
) AS l ON (l.dataset, l.group_id) = (p.dataset, p.group_id)
WHERE m.n_items > 0
ORDER BY p.group_no
