/** Texts: The frame around the screens: navigation, jobs, failures, paths. */

export const app = {
  name: "照审台",
  erasedRound: "本批次的照片和个人信息已经删除，这里没有资料可看；日志和销毁证明仍在。",
  erasedGo: "看销毁证明",
  endedRound: "本批次已结束，只能查看；要继续做，先到“核对”的“结束与归档”里重新打开本批",
  endedGo: "去结束与归档",
  erasedScreen: "这一页的内容已随本批次的数据删除，不能再导入、审核或恢复。",
  photoWindow: "照审台 · 照片",
  zoom: "界面大小",
  zoomHint: "Ctrl + 加号、减号、0",
  version: (version: string) => `版本 ${version}`,
  workspace: (path: string) => `工作区：${path}`,
  starting: "正在打开工作区…",
  light: "浅色",
  dark: "深色",
  reviewerUnset: "未填写姓名",
  reload: "重试",
  backToRounds: "全部批次",
} as const;

export const reviewer = {
  ask: "请填写您的真实姓名：之后每一步操作都以此姓名记入日志，署名后不能再改。您将是这个工作区的保管员，以后可在“人员”里添加别人。",
  placeholder: "姓名",
  doubt: (name: string) => `“${name}”里没有汉字。确实用它署名，请再点一次“确定”。`,
  pin: "口令（一个人用可以不设）",
  pinRule: "口令要 6 至 64 个字符，不能全是同一个字符，也不能是 123456 这样的连号。",
  save: "确定",
  cancel: "取消",
} as const;

export const nav = {
  label: "批次导航",
  rounds: "批次",
  roster: "名单导入",
  students: "名单",
  scope: "采集范围",
  photos: "照片导入",
  desk: "审核台",
  grid: "宫格审核",
  bulk: "抽样通过",
  second: "复审",
  notices: "通知",
  fees: "缴费",
  standard: "检测标准",
  delivery: "导出交付",
  reconcile: "核对",
  statistics: "统计",
  log: "日志",
  people: "人员",
  help: "帮助",
} as const;

export const failure = {
  host: "程序内部出错，操作没有完成。请重试；仍不行请把日志发给管理员。",
  unreachable: "连接不上本机服务。请确认程序仍在运行，再重试。",
  detail: "技术细节",
} as const;

export const time = {
  unknown: "未知",
  seconds: (n: number) => `${n} 秒`,
  minutes: (n: number) => `${n} 分钟`,
  hours: (h: number, m: number) => (m === 0 ? `${h} 小时` : `${h} 小时 ${m} 分`),
} as const;

export const path = {
  placeholder: "粘贴或输入完整路径",
  folder: "粘贴或输入文件夹的完整路径",
  use: "使用此路径",
  typed: "在浏览器中打开时不能弹出选择框，请输入本机上的完整路径。",
} as const;

export const table = {
  loading: "载入中…",
  empty: "没有记录",
  copy: "复制",
  copyTable: "复制整张表",
  copyRow: "复制这一行",
  copyCell: "复制这一格",
  save: "存为 Excel",
  copied: (rows: string) => `已复制 ${rows} 行，可粘贴到 Excel 或 WPS`,
  copiedCell: "已复制",
  copyFailed: "没有复制成功，请再试一次",
  saved: (path: string) => `已保存：${path}`,
};

export const job = {
  kinds: {
    example: "示例批次",
    intake: "照片导入",
    checks: "自动检测",
    delivery: "导出交付",
    prints: "打印",
    archive: "归档",
    erase: "删除数据",
    backup: "备份",
  },
  counting: "正在清点…",
  working: "请稍候…",
  counts: (done: string, total: string) => `${done} / ${total}`,
  rate: (perSecond: string) => `${perSecond} 张/秒`,
  left: (time: string) => `约剩 ${time}`,
  cancel: "取消",
  cancelling: "正在停止…",
  done: "已完成",
  cancelled: "已取消",
  failed: "未完成",
  close: "收起",
  closeResult: "收起（连同下面的结果）",
  delivered: (number: number) => `第 ${number} 次交付`,
  repeated: (number: number) => `第 ${number} 次交付（再次写出）`,
  untold: (what: string) => `${what}的口令：`,
  untoldNote: "文件已写好，口令还没有收起",
  passphraseOnce: "只显示这一次，请现在抄下，与文件分开保管",
  passphraseAsk: "口令抄下了吗？",
  passphraseNote: "口令只显示这一次，程序不保存。收起以后找不回来，文件就打不开了。",
  passphraseKept: "抄下了，收起",
  passphraseNotYet: "还没有",
  checked: (n: string) => `检测了 ${n} 张照片`,
  checksCancelled: (n: string) => `已停止，检测了 ${n} 张照片，其余可稍后继续`,
  progressLabel: "进度",
} as const;

export const drop = {
  noRound: "请先打开一个批次，再拖入文件。",
} as const;
