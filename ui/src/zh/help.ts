/** Texts: 帮助. */
import type { KeyWord } from "./words";

export const help = {
  title: "帮助",
  note: "怎样做完一个批次；使用指南；每个检查项查什么、允许范围、怎样测量、何时不可靠",
  rules: "检查项说明",
  start: {
    title: "怎样做完一个批次",
    steps: (key: KeyWord): [string, string][] => [
      ["新建批次", "在“批次”里填名称，选检测标准。没有把握就用默认的一套。"],
      [
        "导入名单",
        "选名单文件（Excel、WPS、CSV、DBF，系统导出的 .xls 也行），或把表格复制后粘贴进来。先看预览：新增、修改、拒绝了哪些行，每个被拒绝的单元格都写明原因和改法；确认后才写入。",
      ],
      [
        "导入照片",
        "选文件夹或压缩包，也可以拖进窗口。照片按文件名里的学号、证件号码、考生号或姓名找到学生；认不出的放在“待认领”里，由人指定。原文件只读取，不改动。",
      ],
      [
        "审核",
        `在“审核台”逐张看：左边是队列，中间是照片和测量线，右边是检查结果。按 ${key("approve")} 通过，${key("reject")} 退回，${key("hold")} 存疑；按错了按 ${key("undo")} 撤销。照片多时，检测全部合格的可以在“宫格审核”里成页通过，或用“抽样批量通过”。`,
      ],
      [
        "导出交付",
        "先预检，再写到一个新文件夹；附 Excel 清单和未交付人员及原因。写出的每个文件都会读回核对。",
      ],
    ],
    keys: "审核台的按键",
    keysNote: "输入法开着也能用。在审核台按 ? 可以看到同一张表，并改成顺手的键。",
  },
  program: {
    title: "程序与协助",
    titles: { doctor: "检查电脑和工作区", diagnostics: "诊断包", about: "关于" },
    program: "程序",
    version: "版本",
    workspace: "工作区",
  },
  diagnostics: {
    note: "请人协助时，把诊断包交给对方：里面没有姓名、证件号码、文件名和照片，可以自己打开查看。",
    save: "保存诊断包…",
    saving: "正在保存诊断包…",
    saved: "诊断包已写入：",
  },
  doctor: {
    note: "程序有问题时，在这里检查这台电脑和工作区，说明怎样解决；什么也不改动。",
    run: "检查电脑和工作区",
    sound: "没有发现需要处理的问题",
    unsound: "有需要处理的问题",
    areas: { machine: "这台电脑", workspace: "工作区" },
    states: { good: "正常", note: "可改进", bad: "要处理", unknown: "无法判断" },
  },
  guide: {
    title: "使用指南",
    ways: "翻页",
    before: "上一页",
    after: "下一页",
    larger: "点击放大",
    enlarge: (picture: string) => `图：${picture}，点击放大`,
  },
  search: "查找指南内容、检查项",
  none: "没有找到",
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
  exception: "例外与备注",
  advice: "退回时告诉学生",
} as const;
