/** Texts: Filters, 宫格审核 and approval by a sample. */
import type { GridPartner } from "../bindings/wire";

type Partner = Omit<GridPartner, "submission">;
const whose = ({ student_no, name }: Partner) =>
  student_no === "" ? "未匹配的照片" : `${student_no} ${name}`.trim();

export const filter = {
  label: "队列与筛选",
  queue: "队列",
  filtered: "筛选结果",
  state: "状态",
  rule: "不合格项",
  college: "学院",
  several: (kind: string, n: number) => `${kind} ${n} 个`,
  mine: "只看我审过的",
  search: "姓名、学号或拼音首字母",
} as const;

export const grid = {
  title: "宫格审核",
  total: (queue: string, n: string) => `${queue}　打开时 ${n} 张`,
  ticked: "已勾选",
  unticked: "未勾选",
  page: (first: number, last: number, total: number) => `第 ${first}–${last} 张，共 ${total} 张`,
  ticks: (ticked: number, left: number) => `勾选 ${ticked} 张，未勾选 ${left} 张`,
  keys: "空格勾选，回车通过勾选的，双击打开；按 ? 看全部按键",
  pageDone: "本页已审完",
  listDone: "这个列表里的照片都审完了。",
  enter: "回车",
  nothingWaits: (more: boolean) =>
    more ? "这一页都已审过，没有可通过的照片；按 PageDown 看下一页。" : "这一页都已审过，没有可通过的照片。",
  /** `marked` says which of them the machine did not find all right. */
  commit: (n: number, marked = "") =>
    n > 0 ? `通过本页 ${n} 张${marked === "" ? "" : `（含 ${marked}）`}` : "本页都不勾，看下一页",
  marked: {
    fail: (n: number) => `✖ ${n} 张不合格`,
    warn: (n: number) => `▲ ${n} 张提示`,
    unknown: (n: number) => `？ ${n} 张无法判断`,
  },
  committed: (approved: number, left: number, unpicked = 0) =>
    [
      `已通过 ${approved} 张`,
      left > 0 ? `，${left} 张未勾选，留给审核台` : "",
      unpicked > 0 ? `；${unpicked} 张多张待选，没有通过，请先到审核台选定` : "",
      "。",
    ].join(""),
  /** On a card. */
  unpicked: "多张待选",
  goPick: "多张待选，去选一张",
  pickFirst: "这名学生一次交来多张，先到审核台选定一张（双击打开），再通过",
  deciding: "通过和撤销",
  justTurned: "这一页刚换上，请先看一眼再按回车。",
  elsewhere: "（不在本列表）",
  lost: (who: string, message: string) =>
    `离开宫格审核后，${who}最后一步没有保存成功，照片保持原来的状态：${message}`,
  unseen: (n: number) => `还有 ${n} 张照片没有显示出来，请稍候再按回车。`,
  gone: "已移走，或已有新照片",
  alike: (others: readonly Partner[]) => `同图：${others.map(whose).join("、")}`,
  openAlike: (other: Partner) => `在审核台打开同图：${whose(other)}`,
  undo: "撤销",
  nothingToUndo: "没有可以撤销的操作。",
  nothingToRedo: "没有可以重做的操作。",
  empty: "此队列没有照片。",
  elsewhereWait: "有照片的队列：",
  openQueue: (title: string, n: string) => `${title}（${n}）`,
  bulk: "抽样批量通过…",
  desk: "逐张审核",
  size: "照片大小",
  sizes: { small: "小", medium: "中", large: "大" },
} as const;

export const bulk = {
  title: "抽样批量通过",
  note: "对检测全部合格、不接近限值的照片抽样审核，样本无一不合格，才可由人批量通过其余照片。",
  choose: (n: string) => `检测全部合格、且没有接近限值的待审照片 ${n} 张。通过的照片中，最多允许多少不合格？`,
  limit: (percent: number, sample: string, mixed: string, rest: string) =>
    `${percent}%：抽查 ${sample} 张，混同其他照片共看 ${mixed} 张，样本合格后可批量通过 ${rest} 张`,
  limitSlow: (percent: number, mixed: string, rest: string) =>
    `${percent}%：要看 ${mixed} 张，才能批量通过 ${rest} 张，不如逐张审核或用宫格审核`,
  limitUseless: (percent: number) => `${percent}%：照片太少，抽样要看遍全部，请逐张审核或用宫格审核`,
  how: "可信度 95%，按不放回抽样（超几何分布）计算，样本中不合格数须为 0。测得的数值离限值不到一成的、是“提示”的和无法判断的照片都不在其中，须逐张审核。样本与其他待审照片混在一起看（其中也有这批照片），在审核台不作区分；混入的逐张审，不在批量通过之列。",
  draw: "抽取样本",
  oneByOne: "逐张审核",
  asGrid: "用宫格审核",
  drawn: "样本已抽取，请到审核台审核。",
  nothing: "没有检测全部合格的待审照片。",
  noPhotos: "还没有导入照片。",
  open: "方案",
  past: "以往方案",
  progress: "审核进度",
  mixed: (decided: string, all: string) => `连同混入的照片，已审 ${decided} / ${all} 张`,
  review: "到审核台审核",
  release: (n: string) => `批量通过其余 ${n} 张`,
  withdrawAsk: "放弃这个抽样方案？",
  withdrawNote: "已作出的审核结论都保留；要批量通过，须重新抽样。",
  withdrawYes: "放弃方案",
  withdrawNo: "不放弃",
  withdraw: "放弃方案",
  withdrawn: "方案已放弃；已作的审核结论保留。",
  released: (n: string, left: number) =>
    `已批量通过 ${n} 张。${left > 0 ? `其余 ${left} 张已逐张审核过，或有变化，不在其中。` : ""}可在“以往方案”里一次撤销。`,
  takeBack: "撤销这次批量通过",
  takeBackAsk: "撤销这次批量通过？",
  takeBackNote: "其中没有再审过的照片都回到待审，方案回到“可以放行”；之后另作了结论的，保留新结论。",
  takeBackYes: "撤销",
  takeBackNo: "不撤销",
  nothingStands: "这次批量通过的照片都已另作结论，没有可撤销的。",
  pending: "审其余待审照片",
  state: {
    reviewing: "审核中",
    clean: "可以放行",
    blocked: "不可放行",
    released: "已批量通过",
    withdrawn: "已放弃",
  } as Record<string, string>,
  reviewing: "样本尚未审完。",
  gone: (n: number) =>
    `样本中有 ${n} 张已不能再审（学生重新交了照片、免采或已不在名单），这一方案不会再有结果：请放弃它，重新抽样。已作的审核结论都保留。`,
  cleanButNone: "抽查的照片全部通过，其余照片也都已审核，没有还要批量通过的。可以放弃这一方案。",
  clean: (plan: { sample_size: number }) => `抽查的 ${plan.sample_size} 张全部通过，可以批量通过其余照片。`,
  blocked: (faults: number, rules: string[]) =>
    `抽样时看过的照片中有 ${faults} 张未通过，不能批量通过。其余照片可以用宫格审核逐页审核。要重新抽样，请依次：① 点「放弃方案」，已作的审核结论都保留；② 到「检测标准」收紧${rules.length > 0 ? `“${rules.join("、")}”` : "相应的检查项"}（没有数值限值、不能收紧的，跳过这一步，改用宫格审核），点「保存为新版本」，保存时全部照片即按新标准判断，不用重新检测；③ 回到这里点「抽取样本」。`,
  unpicked: (n: string) =>
    `另有 ${n} 张是同一学生一次交来多张、还没有选定用哪一张的，不在其中：请先在审核台选定。`,
  carried: (n: string) =>
    `上次放弃的方案里有 ${n} 张抽到而没有审，会并入这次的样本：抽到的照片都要审过，不能换一批。`,
  faultsAfter: (n: number) =>
    `批量通过之后，这批照片中有 ${n} 张改为未通过：其余照片可能也有同样的问题。请撤销这次批量通过（已改审的保留新结论，其余的回到待审），或用宫格审核逐页复查。`,
  facts: (plan: {
    set: number;
    sample_size: number;
    defect_limit_permille: number;
    confidence_percent: number;
    seed: string;
    reviewer: string;
    at: string;
  }) =>
    `${plan.set} 张中抽查 ${plan.sample_size} 张，允许不合格率 ${plan.defect_limit_permille / 10}%，可信度 ${plan.confidence_percent}%，种子 ${plan.seed}，${plan.reviewer} ${plan.at}`,
} as const;
