/** The two forms of input of `medbench roll-up`, as its help and its errors show them. */
export const taskScores = '{"track":"llm","scores":{"MedExam":100.0,...}}';
export const printedScores = '{"track":"llm","dimensions":{"medical-knowledge-qa":66.8,...}}';
