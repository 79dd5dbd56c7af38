import type { Role } from "./role-names.js";

/**
 * Names that people give to columns, most telling first; without case, blanks and punctuation. English, Chinese, and a few
 * words of the other languages in which medical benchmarks are written.
 */
// cspell:disable -- names as people write them, in several languages and without separators
export const knownNames: Readonly<Record<Exclude<Role, "ignore">, readonly string[]>> = {
  item: list(`itemid questionid qid questionuuid promptid sampleid exampleid instanceid docid caseid uid uuid taskid textid
    convid conversationid encounterid recordid studyid customid item id realidx idxlocal rowid rownumber index idx
    questionnumber number no patientid key case q note entry nr 题号 题目编号 题目id 试题编号 试题id 问题编号 问题id 编号 序号 id号 病例号 病例编号 题序`),
  question:
    list(`question questiontext questionstem stem problem query pergunta pregunta frage vignette casetext instruction
    prompt input inputtext originprompt rawprompt enunciado text 题目 题干 问题 试题 题目内容 试题内容 问题内容 提问 病例 病例描述`),
  options:
    list(`options choices option optionlist answeroptions candidates alternatives alternativas opcoes opciones endings
    选项 备选答案 备选项 候选答案 候选项 答案选项`),
  gold: list(`gold goldanswer goldlabel goldstandard correctanswer correctans correctoption correctletter rightanswer answerkey
    answeridx answerindex answerid correctidx correctindex groundtruth groundtruthanswer gt target targets reference references
    referenceanswer expected expectedanswer expectedoutput idealanswer idealresponse solution cop key truth ylabel finaldecision
    gabarito esperado respostacorreta respuestacorrecta antwortrichtig label correct answer
    正确答案 标准答案 参考答案 标答 正确选项 金标准 参考回答 标准回答 答案`),
  gold_lower: list("lower lowerlimit lowerbound goldlower 下限"),
  gold_upper: list("upper upperlimit upperbound goldupper 上限"),
  key_points: list(
    "keypoints rubric rubrics rubricitems criterialist scoringpoints 要点 得分点 评分点 评分要点 关键点",
  ),
  dataset:
    list(`dataset datasetname datasetid task taskname benchmark subset testset exam examname editionid edition eval
    evalname part 数据集 数据集名称 任务 评测任务 任务名称 测试集 子集 考试 试卷`),
  specialty:
    list(`specialty speciality medicalspecialty clinicalspecialty specialtyprimary department discipline subject
    subjectname fachbereich especialidade especialidad domain field topic category
    科室 专科 专业 学科 科目 科别 一级科室 所属科室 疾病科室 类别 分类`),
  specialty_2: list(
    "specialtysecondary subspecialty subspeciality topicname subtopic subdomain 亚专科 二级科室 二级学科 亚专业",
  ),
  excluded: list(
    "excluded exclude annulled annulada anulada anulado cancelled canceled invalid deleted 作废 排除 剔除 无效",
  ),
  difficulty: list(
    "difficulty difficultylevel difficultylabel level schwierigkeitsgrad dificuldade dificultad 难度 难度等级 难易度",
  ),
  language: list("language lang locale idioma sprache 语言 语种"),
  system:
    list(`system systemid systemname model modelname modelid llm llmname testmodel testedmodel candidatemodel engine
    modelo modell agent bot assistant 模型 模型名称 模型名 系统 系统名称 大模型 受测模型 被测模型 评测模型 被评模型 参评模型 模型id
    run runname runid`),
  answer:
    list(`response modelresponse rawresponse responsetext llmresponse modeloutput rawoutput llmoutput output outputtext
    modelanswer llmanswer fullanswer rawanswer answertext respostabruta completion completions generation generations generatedtext generatedanswer reply replies responses outputs content
    choicesturns contentparts contentpartstext partstext
    prediction predictions pred predicted predictedanswer predictanswer predanswer resposta respuesta antwort resps filteredresps result answer
    回答 模型回答 模型答案 模型输出 模型回复 输出 输出内容 回复 作答 作答内容 预测 预测答案 预测结果 生成结果 生成内容 回答内容 答案`),
  parsed:
    list(`parsed parsedanswer parsedoutput extracted extractedanswer extractedchoice filteredresps selectedoption predletter
    predictedletter pred predictedanswer majority 提取答案 抽取答案 解析答案`),
  judge: list(`judge judgemodel judgename judgeid grader gradermodel autograder evaluatormodel scoringmodel
    评审模型 裁判 裁判模型 评分模型 打分模型 评判模型`),
  rater:
    list(`rater raterid ratername annotator annotatorid reviewer reviewerid physician physicianid doctor expert expertid
    assessor evaluator evaluatorid clinician coder worker workerid participant humanrater graderid respondent respondentid emailaddress email
    评审人 评审专家 专家 专家编号 医生 医师 评分人 评分者 标注员 标注者 评委 评估者 评审员 打分人`),
  criterion:
    list(`criterion criterionname criterionid criteria dimension aspect axis facet feature metric metricname rubricitem attribute
    指标 评分维度 维度 评价维度 评价指标 评分指标 评分项 评分标准`),
  judge_score:
    list(`judgescore judgegrade judgerating judgevalue judgeresult judgeverdict judgement judgment llmscore llmjudgescore
    llmrating llmgrade gpt4score gptscore gradergrade graderscore autoscore autograde modelscore airating aiscore
    模型评分 模型打分 裁判评分 裁判得分 裁判打分 自动评分 机器评分`),
  rating:
    list(`rating humanscore humanrating humangrade humanjudgement humanjudgment expertscore expertrating physicianscore
    physicianrating doctorscore doctorrating clinicianrating stars 专家评分 专家打分 人工评分 人工打分 医生评分 医生打分 医师评分`),
  score:
    list(`score iscorrect correct correctness correta accuracy acc accnorm exactmatch em points mark marks grade totalscore finalscore overallscore
    passed pass success hit right verdict majoritycorrect value nota puntuacion puntaje pontuacao punktzahl punkte bewertung f1
    得分 分数 评分 是否正确 正确 对错 成绩 打分 总分 正误 结果`),
  rationale: list(
    "rationale judgereason judgerationale judgeexplanation explanation reasoning reason comment remark 理由 评语 评分理由 打分理由 说明",
  ),
  repeat: list(
    "repeat runindex run runnumber attempt trial trialid epoch iteration replicate rep sampleindex seed round 轮次 次数 重复 第几次 轮",
  ),
  condition: list(
    "condition bias biastype stressor perturbation promptstyle promptcondition 条件 扰动 提示方式 提示类型",
  ),
  finish_reason: list("finishreason stopreason donereason 结束原因 停止原因"),
  error: list("error errormessage errormsg exception apierror 错误 错误信息"),
  latency_ms: list("latencyms elapsedms durationms timems responsetimems 耗时ms 耗时毫秒"),
  latency_s: list(
    "latency latencys latencyseconds timeelapsed elapsed elapsedseconds durationseconds responsetime duration 耗时 用时 耗时秒",
  ),
  prompt_tokens: list("prompttokens inputtokens tokensprompt 输入token 输入tokens 输入词数"),
  completion_tokens: list(
    "completiontokens outputtokens generatedtokens tokenscompletion tokens 输出token 输出tokens 输出词数",
  ),
  cost: list("costusd cost price 费用"),
};

function list(names: string): readonly string[] {
  return names
    .split(/\s+/)
    .filter((name) => name !== "")
    .map(plain);
}

/** A name without case, blanks, punctuation, and what follows in parentheses. */
export function plain(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/\([^)]*\)/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Words that show that a text names a model or system. */
export const modelWords =
  /gpt|claude|qwen|llama|gemini|gemma|deepseek|mi[sx]tral|baichuan|glm|internlm|ernie|wenxin|spark|doubao|kimi|hunyuan|minimax|grok|phi-?\d|command-?r|palm|bard|bison|med-?palm|huatuo|medgemma|meditron|biomistral|openbiollm|sabia|o[134](-mini|-preview)|yi-\d|step-\d|davinci|vicuna|alpaca|falcon|通义|千问|文心|讯飞|星火|豆包|混元|智谱|百川|华佗/i;
