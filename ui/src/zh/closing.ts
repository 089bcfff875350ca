/** Texts: closing the window while decisions are on their way. */

export const closing = {
  title: "关闭窗口",
  saving: (n: number) => `正在保存 ${n} 条审核操作，存好后窗口自动关闭。`,
  slow: (n: number) =>
    `还有 ${n} 条审核操作没有存下：工作区可能正被别的程序占用，或磁盘很慢。可以继续等待；现在关闭，这几条会丢失。`,
  refused: (message: string) => `有审核操作没有保存成功，对应照片保持原来的状态：${message}`,
  stay: "留在窗口",
  leave: "放弃并关闭",
} as const;
