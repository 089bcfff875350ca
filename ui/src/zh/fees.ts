/** Words of the fee ledger. */
export const fees = {
  title: "缴费",
  how: "读入微信、支付宝账单或任何带金额的表格，看谁缴了、谁没缴。本程序不收款，也不联网查询。",
  fee: "每人费用（元）",
  hold: "未缴清的不交付",
  holdHint: "勾上后，费用未缴清的学生，照片审核通过也不会导出",
  save: "保存",
  saved: "已保存",
  pick: "导入缴费记录…",
  imported: (file: string, added: string, matched: string, known: string) =>
    `“${file}”：新增 ${added} 笔，其中 ${matched} 笔对上学生；${known} 笔以前已经导入`,
  refunds: (number: string) => `；退款 ${number} 笔`,
  updated: (number: string) => `；以前导入的又退款 ${number} 笔`,
  skipped: (number: string) => `${number} 行没有计入或需要核对`,
  skippedFirst: (shown: string) => `下面列出前 ${shown} 行`,
  cell: "单元格",
  why: "原因",
  lists: "已导入的表",
  list: (payments: string, sum: string) => `${payments} 笔，${sum} 元`,
  listRefunds: (refunds: string, refunded: string) => `；退款 ${refunds} 笔，${refunded} 元`,
  remove: "移除",
  removeSure: (others: readonly string[]) =>
    others.length === 0
      ? "移除这张表带来的缴费记录？原文件不受影响，可以再次导入。"
      : `移除这张表带来的缴费记录？原文件不受影响，可以再次导入。其中有的在“${others.join("”“")}”里也有，会一起移除：移除以后请把这些表再导入一次。`,
  removed: (file: string, others: readonly string[]) =>
    others.length === 0
      ? `已移除“${file}”的缴费记录`
      : `已移除“${file}”的缴费记录；其中有的在“${others.join("”“")}”里也有，请把这些表再导入一次`,
  students: "应缴人数",
  exemptPaid: "免采而缴费",
  whole: "合计",
  sum: (sum: string) => `已对上学生的共 ${sum} 元`,
  states: { unpaid: "未缴", short: "少缴", paid: "已缴", over: "多缴" } as Record<string, string>,
  shapes: { unpaid: "○", short: "◐", paid: "✔", over: "＋" } as Record<string, string>,
  all: "全部",
  ledger: "学生",
  unknown: "未对上的缴费",
  unknownNote: (number: string, sum: string) => `${number} 笔没有对上学生，共 ${sum} 元`,
  aside: (number: string, sum: string) =>
    `另有 ${number} 笔不用处理（不属于本批次，或已全额退款），共 ${sum} 元，列在最后`,
  unknownFound: (number: string) => `找到 ${number} 笔`,
  unknownSearch: "付款人、备注、单号或表名",
  noUnknown: "每笔缴费都对上了学生。",
  noList: (door: string) => `还没有导入缴费记录。请先点上面的“${door}”。`,
  search: "学号、姓名或拼音首字母",
  no: "学号",
  name: "姓名",
  college: "学院",
  class: "班级",
  photo: "照片",
  state: "缴费",
  paid: "已缴（元）",
  payments: "缴费记录",
  several: (number: string) => `${number} 笔`,
  amount: "金额（元）",
  paidAt: "时间",
  text: "付款人与备注",
  reference: "单号",
  source: "出处",
  reason: "为什么没对上",
  assign: "指定学生",
  isOf: (whose: string, paid: string) =>
    paid === "" ? `记到 ${whose} 名下` : `记到 ${whose} 名下（已缴 ${paid} 元）`,
  nobodys: "不属于本批次",
  assignOf: (amount: string, text: string) =>
    amount.startsWith("-")
      ? `退款 ${amount.slice(1)} 元　${text}　退给了谁？`
      : `${amount} 元　${text}　是谁缴的？`,
  assigned: (amount: string, whose: string) => `${amount} 元已记到 ${whose} 名下`,
  dismissed: (amount: string) => `${amount} 元已标为不属于本批次`,
  reassign: "改指学生",
  share: "几人合缴…",
  shareOf: (amount: string, text: string) =>
    amount.startsWith("-")
      ? `退款 ${amount.slice(1)} 元　${text}　退给了哪几名学生？`
      : `${amount} 元　${text}　是哪几名学生合缴的？`,
  shareAdd: "加上这名学生",
  shareAmount: (whose: string) => `${whose} 的份额（元）`,
  shareDrop: (whose: string) => `不算 ${whose}`,
  shareEvenly: "平分",
  shareLeft: (left: string) => `还有 ${left} 元没有分`,
  shareOver: (over: string) => `多分了 ${over} 元`,
  shareTwo: "请至少选两名学生",
  shareNoAmount: "每人的份额请写成金额，例如 20 或 20.50",
  shareSave: "记下",
  shareTogether: (whose: string, each: string) =>
    each.startsWith("-") ? `退给 ${whose}，每人 ${each.slice(1)} 元` : `${whose} 合缴，每人 ${each} 元`,
  backPart: (whose: string, amount: string) => `${whose} ${amount.replace("-", "")} 元`,
  backParts: (parts: string) => `退给 ${parts}`,
  shared: (amount: string, whose: string) => `${amount} 元已记为 ${whose} 合缴`,
  sharePart: (share: string, amount: string) => `${share} 元（合缴 ${amount} 元）`,
  release: "移到“未对上的缴费”",
  released: (amount: string) => `${amount} 元已移到“未对上的缴费”`,
} as const;
