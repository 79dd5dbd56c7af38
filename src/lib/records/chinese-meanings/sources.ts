import { run } from "./shared.js";

/** 系统、作答去向与输入文件各表的含义。 */
export const sourceMeanings = {
  systems: {
    grain: "每次运行一行：系统及其运行方式",
    columns: {
      ...run,
      kind: "运行的系统种类",
      family: "模型系列，用于检查自我偏好",
      organisation: "系统的研制方",
      access: "开放权重、API 或封闭",
      parameters: "模型参数规模",
      temperature: "解码温度",
      max_tokens: "生成 token 数上限",
      context: "上下文长度（token 数）",
      scaffold: "智能体框架",
      backbone: "智能体所用模型",
      submitted_at: "所给的提交时间（ISO 8601）",
    },
  },
  outcome_counts: {
    grain: "一次运行在一个数据集中的一种去向",
    columns: {
      ...run,
      dataset: "目录中的数据集标识",
      outcome: "作答的去向",
      policy: "该去向在此榜单上如何计分",
      n: "该去向的应有作答数",
    },
  },
  source_files: {
    grain: "每个输入文件一行",
    columns: {
      source: "导入来源",
      file: "来源中的文件",
      role: "文件的用途",
      sha256: "字节内容的 SHA-256",
      bytes: "字节数",
      rows_in: "读到的行数，空行不计",
      rows_out: "写入数据表的行数",
      rows_quarantined: "隔离的行数",
      path: "读取方式",
    },
  },
  quarantine_counts: {
    grain: "一个文件中的一种原因",
    columns: {
      source: "导入来源",
      file: "来源中的文件",
      reason: "问题的固定代码",
      n: "因该原因被隔离的行数或文件数",
    },
  },
};
