/** 多张表共有的列的含义。 */

export const run = {
  run_id: "运行：一个系统经一个榜单回答一个题库批次",
  system: "系统标识",
  benchmark: "评测，按其目录文件中的名称",
  pool: "按日期轮换的题库批次；不同批次的得分不可比较",
  board: "作答提交方式；答案上传与 API 使用不同题目，从不混合",
  track: "评测的赛道",
};

export const judgeVersion = {
  benchmark: "评测，按其目录文件中的名称",
  judge: "评审模型",
  rubric_version: "评分标准及其版本",
  prompt_hash: "评分标准与提示词的哈希值；来源方没有时为 ''",
};

export const criterionSlice = {
  criterion: "评分标准中的维度；`all` 为全部打分维度合计",
  slice_kind: "切片的种类；period 为题库批次",
  slice: "切片；总体以及未标注专科的题目为 ''",
};

export const estimate = {
  estimate: "题组内题目得分的均值，未取整；不完整时为 NULL",
  lower: "95% 区间下限",
  upper: "95% 区间上限",
  standard_error: "按题组计算的标准误",
  interval_method:
    "区间的计算方法：wilson-groups 为按有效题组数的威尔逊区间；score-groups 为加权平均的得分区间，按各部分的有效题组数；wilson-rows 为按行的威尔逊区间，视各行为独立",
  board_value:
    "0 至 100，与榜单显示一致，四舍五入：任务由未取整的得分取整，维度由取整后的任务求均值后取整，总分由未取整的维度求均值后取整",
  worst: "假定未评分者全错时的估计值",
  best: "假定未评分者全对时的估计值",
};

export const bootstrap = {
  mean_over_submitted: "任务不全有得分时，对有得分任务取的均值",
  bootstrap_lower: "按题组分层自助法得到的下限，供比较；各题组全无差异、自助法说明不了问题时为 NULL",
  bootstrap_upper: "按题组分层自助法得到的上限；各题组全无差异时为 NULL",
  corrected: "按医师评分校正评审模型分数后的估计值；没有评分时为 NULL",
  corrected_lower: "其 95% 区间下限，已计入评审误差",
  corrected_upper: "该区间上限",
  corrected_raters: "校正区间所针对的评分者：与参评者同类的评分者（三人及以上），或仅这些评分者",
  corrected_same_lower: "仅针对这些评分者的区间下限",
  corrected_same_upper: "该区间上限",
  corrected_unrated_share:
    "评审权重中没有任何回答被评分的数据集所占份额，假定评审模型在其中的误差与其他数据集相同",
  corrected_reason: "未校正的原因",
  corrected_reason_parameters: "原因中的数字与名称，JSON 对象；该代码不需要时为 NULL",
  corrected_reason_text: "原因的英文说明",
};

export const counts = {
  n_items: "该单元的题目数",
  n_groups: "该单元的独立题组数（一道题的全部变体算一组）",
  effective_groups: "均值精度与有得分题组相当的等权题组数",
  few_groups: "有效题组不足 5 个：独立题组太少（或一个题组占了近半数行），任何区间都不可靠",
  n_expected: "应有作答数",
  n_scored: "依据答案评分的作答数（去向为 scored）",
};

export const outcomes = {
  n_refused: "去向为 refused（拒答）的应有作答数",
  n_empty: "去向为 empty（空白）的应有作答数",
  n_unparsed: "去向为 unparsed（无法读取）的应有作答数",
  n_conflict: "去向为 conflict（字母与选项原文矛盾）的应有作答数",
  n_truncated: "去向为 truncated（被截断）的应有作答数",
  n_judge_failed: "去向为 judge_failed（评审失败）的应有作答数",
  n_errored: "去向为 errored（出错）的应有作答数",
  n_missing: "去向为 missing（缺失）的应有作答数",
  n_awaiting_gold: "去向为 awaiting_gold（等待标准答案）的应有作答数",
  n_awaiting_judgment: "去向为 awaiting_judgment（等待评审）的应有作答数",
  n_excluded: "去向为 excluded（排除）的应有作答数",
};

export const composite = {
  scope: "哪个合成得分",
  name: "维度；总分为 ''",
  basis: "as_scored 为评审模型原分；corrected 为按医师对相同回答的评分校正",
};

export const reason = {
  reason_parameters: "该原因所含的数字与名称，JSON 对象；代码无需参数时为 NULL",
  reason_text: "该原因的英文表述",
};

export const identity = { identity: "两个得分可比所须相同的全部内容的哈希值" };
export const publication = { publication: "发布审核对该行数值的决定；暂不发布的数值为 NULL，原因见表 gates" };
