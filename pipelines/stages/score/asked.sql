-- reads: batch_responses
-- writes: asked
--
-- Which prompts a run answered. `attempt` numbers the answers to one prompt under one condition, in the order of their repeats:
-- it differs from `repeat` where only a part of the prompts was repeated.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT run_no, dataset, item_id, variant, condition, repeat, {{attempt}} AS attempt, {{n_attempts}} AS n_attempts
FROM batch_responses
