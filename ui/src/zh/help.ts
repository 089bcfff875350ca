/** Texts: 帮助. */

export const help = {
  title: "检查项说明",
  note: "每个检查项查什么、各标准的允许范围、怎样测量、何时不可靠",
  search: "按编号或名称查找",
  none: "没有这样的检查项",
  back: "返回",
  open: (code: string) => `${code} 的说明`,
  checks: "检查什么",
  allowed: "各检测标准的允许范围",
  profile: "检测标准",
  limits: "允许范围",
  outside: "超出时",
  clause: "依据",
  noLimits: "没有数值限值",
  measured: "怎样测量",
  cannotTell: "何时无法判断",
  falseAlarms: "容易误报的情形",
  look: "人工怎样看",
  exception: "例外与登记",
  advice: "退回时告诉学生",
} as const;
