/** Texts: People, roles, PINs, and what is not for whoever sits here. */
import type { RoleSet } from "../bindings/wire";

type Role = keyof RoleSet;
const ROLES: readonly Role[] = ["reviewer", "lead", "keeper"];
const titles: Record<Role, string> = { reviewer: "审核员", lead: "负责人", keeper: "保管员" };
const listed = (roles: readonly Role[], between: string) => roles.map((role) => titles[role]).join(between);

export const people = {
  title: "人员",
  note: "每个人以自己的姓名登录；结论和日志由登录的人署名。",
  begin: "填写姓名",
  notMine: "（不是您的角色）",
  roleList: ROLES,
  titles,
  duties: {
    reviewer: "导入名单和照片、审核、通知、缴费、核对等日常工作",
    lead: "检测标准、抽样批量通过、撤回复审、导出交付、查看完整证件号",
    keeper: "人员、备份和恢复、归档、保存期限和删除",
  } satisfies Record<Role, string>,
  own: (roles: RoleSet) =>
    `我的角色：${listed(
      ROLES.filter((role) => roles[role]),
      "、",
    )}`,
  needs: (roles: readonly Role[], act = "这项") => `${act}由${listed(roles, "或")}办理`,
  lock: "锁定",
  lockHint: "锁定本窗口；换人使用也从这里登录",
  who: "姓名",
  pin: "口令",
  enter: "进入",
  signIn: "请选择您的姓名并输入口令。",
  locked: "本窗口已锁定。请输入口令继续，也可以换人登录。",
  forgotten:
    "忘记口令请找保管员重设。唯一的保管员自己忘了的，请信息中心按使用指南“安装、备份与数据保护”里的步骤重设。",
  me: "我",
  noPin: "未设口令",
  noPinNote: "一个人用可以不设口令；这样打开程序的人都以您的姓名操作。添加第二个人之前须先设口令。",
  hasPin: "已设口令",
  oldPin: "原口令",
  newPin: "新口令（至少 6 个字符）",
  again: "再输一遍新口令",
  differs: "两次输入的新口令不一致",
  setPin: "设置口令",
  changePin: "修改口令",
  dropPin: "取消口令",
  saved: "口令已保存",
  list: "全部人员",
  aside: "人员名单由保管员管理。",
  name: "姓名",
  role: "角色",
  state: "口令",
  wrong: (n: number) => `连续输错 ${n} 次`,
  left: "已停用",
  rename: "改名",
  rightName: "正确的姓名",
  renameNote: "只能改正还没有署过名的姓名；已在日志中署名的不能改。",
  leave: "停用",
  lastKeeper: "只剩这一名保管员，不能停用；先让另一个人也当保管员",
  back: "恢复",
  reset: "重设口令",
  resetOf: (name: string) => `${name}的新口令`,
  save: "保存",
  cancel: "取消",
  add: "添加人员",
  addNote: "姓名会记入审核结论和日志，署名之后不能再改；离开的人请停用，不删除。",
  firstPin: "初始口令（至少 6 个字符）",
  ownFirst: "多人使用时每个人都要有口令：请先在上面给自己设置口令，再添加别人。",
  idle: "闲置多久自动锁定",
  minutes: "分钟（0 为不锁定）",
  reveal: "显示",
  revealHint: "显示完整证件号，并记入日志",
  hidden: "到时自动隐藏",
} as const;
