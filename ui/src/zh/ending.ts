/** Texts: 结束与归档, the part of 核对 that ends a round. */

/** Those that are not nought, each with its number. */
const parts = (all: [string, string, string][]) =>
  all
    .filter(([, n]) => n !== "0")
    .map(([what, n, unit]) => `${what} ${n} ${unit}`)
    .join("、");

export const ending = {
  part: "结束与归档",
  done: "已完成",
  close: "1　结束本批",
  closeText: "结束后本批只能查看：不能再导入、审核、交付或撤销，直到重新打开。",
  closeButton: "结束本批",
  closeAsk: "结束本批？",
  closeOver: "请先在“核对”的“差异”里处理；确实不再处理的，写明理由。",
  leftOpen: "不再处理的理由（至少 4 个字；记入日志，印在结束以后保存的结项表上）",
  closedOver: (differences: string, why: string) =>
    `结束时留有差异 ${differences} 项${why === "" ? "" : `：${why}`}`,
  reopen: "重新打开",
  reopenAsk: "重新打开后，现有的归档不再算数，需重新归档。继续？",
  reopenAskBare: "重新打开后，可以继续导入、审核和交付。继续？",
  closed: (by: string) => `已结束：${by}`,
  /** `held` and `pending` are among the differences. */
  open: (left: { pending: string; held: string; differing: string; differences: string }) => {
    const undecided = parts([
      ["待审", left.pending, "人"],
      ["存疑", left.held, "人"],
    ]);
    const of = undecided === "" || left.differences === "0" ? "" : `（其中${undecided}）`;
    const rest = parts([
      ["意见不一", left.differing, "人"],
      ["未了结的差异", left.differences, "项"],
    ]);
    return `还有${[left.differences === "0" ? undecided : "", rest].filter((one) => one !== "").join("、")}${of}`;
  },
  reviewing: (waiting: string) => `还有 ${waiting} 张照片在等复审，完成或在「复审」里撤回之后才能结束本批。`,
  archive: "2　归档",
  archiveText:
    "把名单、审核、检测结果、交付、日志和结项表写成一个 zip，多年后用任何解压程序都能读；写完读回核对。",
  archiveFirst: "请先结束本批。",
  renditions: "含成品照片（已通过的和交付过的）",
  originals: "含原始照片（文件很大）",
  encrypted: "加密（AES-256，口令只显示一次）",
  idNumbers: "含证件号码（须加密）",
  pick: "选择文件夹",
  write: "写入归档包",
  writeLacks: "先选择文件夹",
  writing: "正在写入归档包",
  writeBusy: "正在做别的事，做完再写入",
  made: (file: string, by: string) => `已归档：${file}（${by}）`,
  entries: (entries: string, size: string) => `${entries} 个文件，${size}`,
  copy: "复制",
  check: "核对归档包",
  checking: "正在逐个读回核对…",
  checkPick: "选择归档包",
  passphrase: "口令（没有加密的不填）",
  sound: (entries: string) => `${entries} 个文件都与写入时一致`,
  belongs: (round: string) => `与日志记载的“${round}”归档一致`,
  notLogged: "日志里没有 SHA-256 与这一份相同的归档包",
  unsound: "归档包有问题",
  keep: "3　保存期限",
  keepText: "照片和个人信息保存到哪一天。到期后在批次卡片上提醒，不会自动删除。",
  keepSave: "保存",
  keepPastAsk: (day: string) => `${day} 已经过去，保存后马上就会提醒删除。确定是这一天吗？`,
  keepPastYes: "就是这一天",
  keepNone: "没有设定保存期限",
  left: (day: string, days: string) => `保存至 ${day}，还有 ${days} 天`,
  past: (day: string, days: string) => `保存期限 ${day} 已过 ${days} 天，请删除或改期`,
  erase: "4　删除照片和个人信息",
  eraseText:
    "删除本批的照片、预览图、名单和审核记录，以及工作区里的全部备份。日志留下（何时、何人、做了什么、数量），其中可能指向个人的文字一并删除。不能撤销。",
  eraseFirst: "请先结束本批。",
  eraseButton: "删除本批数据…",
  eraseTitle: "删除本批的照片和个人信息",
  /** `photos` are the files that go: none where other rounds use them all. */
  eraseFacts: (students: string, submissions: string, photos: string) =>
    submissions === "0"
      ? `将删除 ${students} 名学生的信息；本批没有收过照片。删除后无法恢复，也不能撤销。`
      : photos === "0"
        ? `将删除 ${students} 名学生的信息、${submissions} 次提交；照片文件其他批次都在用，全部保留。删除后无法恢复，也不能撤销。`
        : `将删除 ${students} 名学生的信息、${submissions} 次提交、${photos} 个照片文件。删除后无法恢复，也不能撤销。`,
  eraseOnce: "同一张照片交了几次只存一个文件",
  eraseShared: (photos: string) => `${photos} 个照片文件其他批次也在用，留在工作区，不会删除`,
  eraseArchive: (file: string, by: string) =>
    `已归档：${file}（${by}），写入时已读回核对；请确认文件还在、口令还在`,
  eraseBackups:
    "工作区里的全部备份一并删除，其他批次的备份也在内；删除后程序自动为其余批次重新做一份。U 盘等处另存的备份不会跟着更新，请随后另存一份新的",
  eraseStays:
    "工作区以外的文件不会删除，请自行清理：以前导出的交付文件夹、打印件、核对结项表、短信名单、存为 Excel 的表、名单未导入的行（有证件号码）、导出的日志、另存的备份、归档包，和从表格里复制到别处的内容",
  outsideKnown: "日志所知的：",
  outsideLeft: "工作区以外、须另行清理的文件（日志所知；其中的学生姓名和号码已遮盖）",
  outsideWhat: (what: string, at: string) => `${what}（${at}）：`,
  outsideUnknown: "写到哪里没有记录",
  eraseNoArchive: "没有归档：删除后，除日志外什么也不会留下",
  waivedArchive: "本批没有归档",
  waived: (why: readonly string[]) =>
    `${why.join("，")}。仍要删除的理由（必填；这句话会留在日志和销毁证明里，其中的学生姓名、学号和证件号码会被遮盖）`,
  typed: (name: string) => `请输入批次名称“${name}”以确认`,
  typedLabel: "批次名称",
  sure: "确认删除",
  cancel: "取消",
  erased: (by: string) => `数据已删除：${by}`,
  waivedWhy: (despite: readonly string[], why: string) =>
    despite.length === 0 ? `删除的理由：${why}` : `${despite.join("，")}，仍然删除的理由：${why}`,
  waivedEarlyThen: "当时保存期限还没有过",
  certificate: "保存销毁证明",
  certificateAgain: "再存一份",
  certificateText: "选一个文件夹，写入销毁证明（Excel 和供签字的 PDF）。",
  saved: "✔ 已保存：",
  what: "内容",
  number: "数量",
  kept: "保留的内容（没有删除）",
  rename: "批次名称",
  renameSave: "改名",
  renameUndo: "撤销改名",
  renameNote: "批次还没有结束时可以改名；改错了可用本页的“撤销上一步”撤销。",
} as const;
