/** The keys of every screen but the desk, whose own are in `desk.ts`. */
export const keys = {
  title: "按键",
  close: "知道了",
  deskHint: "审核台另有一套按键，在审核台按 ? 查看，可以改成顺手的键。",
  everywhere: "处处可用",
  ofGrid: "宫格审核",
  ofRoster: "名单",
  general: [
    ["Tab　Shift+Tab", "到下一个、上一个按钮或输入框"],
    ["回车　空格", "按下所在的按钮"],
    ["Esc", "关闭弹出的窗口或菜单"],
    ["鼠标右键", "照片、检查项、表格的更多操作；表格可复制或另存为 Excel"],
    ["?", "显示或关闭本表"],
  ] as [string, string][],
  zoom: [["Ctrl +　Ctrl −　Ctrl 0", "放大、缩小、恢复窗口中的文字和照片"]] as [string, string][],
  grid: (undo: string, desk: string): [string, string][] => [
    ["← → ↑ ↓", "移动"],
    ["空格", "勾选或取消勾选"],
    ["回车", "通过本页勾选的照片，翻到下一页"],
    ["双击", "在审核台打开这张照片"],
    ["PageUp　PageDown", "上一页、下一页"],
    ["Home　End", "第一张、最后一张"],
    ...(undo === "" ? [] : [[undo, "撤销上一步；加 Shift 恢复"] as [string, string]]),
    ["Ctrl+Z", "撤销上一步"],
    ...(desk === "" ? [] : [[desk, "逐张审核这个队列"] as [string, string]]),
  ],
  roster: [["Ctrl+V", "粘贴从 Excel 或 WPS 复制的名单"]] as [string, string][],
} as const;
