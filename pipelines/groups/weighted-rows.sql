-- reads: mix_kinds, place_groups, {{rows}}
-- writes: weighted_rows
--
-- Score rows of a run that asked some prompts more often than others (part rows), with how often: `m` answers share the weight of
-- one. Where all variants of a group must be right, the group's attempts share it.
CREATE OR REPLACE TEMP TABLE weighted_rows AS
SELECT s.group_no, p.mix, s.component, s.attempt, s.score_1e9, s.tp, s.fp, s.fn, s.by_policy,
       CASE WHEN k.kind = 'all_right' THEN count(DISTINCT s.attempt) OVER (PARTITION BY s.group_no, s.component)
            ELSE count(*) OVER (PARTITION BY s.group_no, s.component, s.item_id, s.variant) END AS m
FROM {{rows}} AS s
JOIN place_groups AS p USING (group_no)
JOIN mix_kinds AS k ON (k.mix, k.component) = (p.mix, s.component)
