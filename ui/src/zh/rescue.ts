/** Texts: at the door, a workspace that does not open, and what is restored in its place. */

export const rescue = {
  title: "工作区打不开",
  newTitle: "从备份文件恢复",
  untouched:
    "打不开的工作区没有改动。可以在下面选一份备份恢复；暂时不恢复的，请关闭窗口，联系信息中心的同事。",
  again: "再试着打开",
  fromList: "这个工作区的备份",
  none: "这个工作区里没有备份。有 U 盘备份的，请用下面的“选择备份文件”。",
  at: "时间",
  rounds: "批次",
  students: "学生",
  photos: "照片",
  choose: "用这份",
  fromFile: "U 盘或别处的备份文件",
  fileNote: "用“备份到 U 盘”写成的 .zip 文件，打开它要用当时抄下的口令。",
  file: "选择备份文件（.zip）…",
  filePassphrase: "这个备份文件的口令",
  look: "查看这份备份",
  workspacePassphrase: "工作区口令，或恢复码",
  ownKey: "原来那个工作区的口令，或恢复码（用来核对谁是保管员）",
  pin: (names: readonly string[]) => `由保管员确认：${names.join("或 ")} 的登录口令`,
  pinIfAny: "由保管员确认：保管员的登录口令（谁也没有设过的，不填）",
  pinAsked: "由保管员确认：保管员的登录口令",
  unread:
    "工作区和它的备份里都读不出谁是保管员，没有办法核对登录口令。请由保管员在场确认后再恢复，日志里会写明。",
  unreadConfirm: "保管员在场，确认恢复",
  confirmTitle: (at: string) => `恢复 ${at} 的备份`,
  holds: (rounds: string, students: string, photos: string) =>
    `批次 ${rounds}，学生 ${students}，照片 ${photos}`,
  lost: "这份备份以后做的审核和导入不在里面，要重新做。",
  people: "恢复后，人员、角色和登录口令都以这份备份为准，请用那时的姓名和口令登录。",
  aside: "打不开的工作区不会删除：改名后留在原处旁边，里面的备份也在。",
  restore: "恢复并换到原处",
  back: "返回",
  restoring: "正在恢复",
  progress: (done: string, of: string) => `已恢复 ${done} / ${of} 张照片`,
  wait: "请不要关闭电脑，也不要拔出 U 盘。",
  doneTitle: "已恢复并核对",
  missing: (n: string) => `有 ${n} 张照片在备份里缺失或损坏，其余都已恢复；进去后请重新导入这些照片。`,
  beside:
    "旁边还有以前恢复出来的文件夹，可能是恢复中断留下的。里面有名单和照片，这次恢复好以后，用不着的请删除：",
  asideAt: (folder: string) =>
    `打不开的工作区现在在：${folder}。确认资料无缺以后，请按办公室的规定处理它：里面仍有学生的资料。`,
  sealed: "恢复出来的工作区是加密的，用备份当时的工作区口令打开。",
  open: "打开工作区",
  fromBackup: "以前用过照审台？从备份文件恢复…",
} as const;
