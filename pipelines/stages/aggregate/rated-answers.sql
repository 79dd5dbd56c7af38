-- reads: rated_answers, scored_verdicts
-- writes: nothing
--
-- The rated answers that correct scores: under `base`, by the judge version whose grades the scores use. One row per answer.
SELECT r.run_id, r.benchmark, r.judge, r.rubric_version, r.prompt_hash, r.dataset, r.group_id, any_value(r.judge_score) AS judge_score,
       list({rater: r.rater, human: r.human_score} ORDER BY r.rater) AS ratings, any_value(r.design_weight) AS weight,
       bool_and(r.is_drawn) AS "isDrawn"
FROM rated_answers AS r
JOIN scored_verdicts AS v USING (run_id, dataset, judge, rubric_version, prompt_hash)
WHERE r.condition = 'base' AND v.kind = 'scale'
GROUP BY r.run_id, r.benchmark, r.judge, r.rubric_version, r.prompt_hash, r.dataset, r.group_id, r.item_id, r.variant, r.repeat
ORDER BY r.run_id, r.dataset, r.group_id, r.item_id, r.variant, r.repeat, r.benchmark, r.judge, r.rubric_version, r.prompt_hash
