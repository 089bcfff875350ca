/** Texts: Words and shapes that every screen uses for the same things. */
import type { ActName } from "../desk/keymap";

/** What a key is called in a sentence about its act. */
export type KeyWord = (act: ActName) => string;

export const severity = {
  pass: "合格",
  warn: "提示",
  fail: "不合格",
  unknown: "无法判断",
  "": "未检测",
} as Record<string, string>;

export const severityShape = { pass: "✔", warn: "▲", fail: "✖", unknown: "?", "": "…" } as Record<
  string,
  string
>;

export const decision = {
  approved: "通过",
  rejected: "退回",
  held: "存疑",
  reviewing: "复审中",
  "": "待审",
} as Record<string, string>;

export const decisionShape = {
  approved: "●",
  rejected: "■",
  held: "◆",
  reviewing: "◇",
  differing: "◇",
  "": "○",
} as Record<string, string>;
