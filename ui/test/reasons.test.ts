/** Reasons: preset, ticked, reworded, added; a standing rejection comes back as it was. */
import { describe, expect, it } from "vitest";
import type { SubmissionView } from "../src/bindings/wire";
import {
  chosen,
  concerning,
  draftOf,
  EMPTY_DRAFT,
  isPicked,
  matching,
  pickReason,
  reword,
  sameReasons,
  toggle,
} from "../src/desk/reasons";
import { itemOf, viewOf } from "./fake/roundData";

const eyes = { code: "GEO-02", text: "眼睛位置偏低" };
const mouth = { code: "EXP-02", text: "请闭嘴" };

function view(part: Partial<SubmissionView>): SubmissionView {
  return { ...viewOf(itemOf(1)), preset_reasons: [eyes, mouth], decision: null, ...part };
}

const rejection = (reasons: { code: string | null; text: string }[]) => ({
  decision_id: 9,
  kind: "rejected",
  reasons,
  note: "再看",
  reviewer: "张老师",
  at: "",
  part: "",
  undone: false,
});

describe("draft", () => {
  it("starts with every preset reason ticked", () => {
    expect(chosen(draftOf(view({}), "张老师"))).toEqual([eyes, mouth]);
  });

  it("starts from a standing rejection, its rest unticked", () => {
    const draft = draftOf(view({ decision: rejection([{ code: "EXP-02", text: "嘴闭上" }]) }), "张老师");
    expect(draft.reasons.map((reason) => [reason.code, reason.on])).toEqual([
      ["EXP-02", true],
      ["GEO-02", false],
    ]);
    expect(chosen(draft)).toEqual([{ code: "EXP-02", text: "嘴闭上" }]);
    expect(draft.note).toBe("再看");
  });

  it("takes over nothing that another wrote: their note and reasons are not one's own to sign", () => {
    const theirs = view({ decision: rejection([{ code: "EXP-02", text: "嘴闭上" }]) });
    expect(draftOf(theirs, "李老师")).toEqual({
      reasons: [
        { ...eyes, on: true },
        { ...mouth, on: true },
      ],
      note: "",
    });
    expect(draftOf(theirs, "").note).toBe("");
  });

  it("toggles one line and leaves a missing one alone", () => {
    const draft = draftOf(view({}), "张老师");
    expect(chosen(toggle(draft, 0))).toEqual([mouth]);
    expect(toggle(draft, 7)).toEqual(draft);
  });

  it("keeps other wording, ticks it, and drops an emptied line", () => {
    const draft = toggle(draftOf(view({}), "张老师"), 1);
    expect(chosen(reword(draft, 1, "  嘴唇请闭合  "))).toEqual([
      eyes,
      { code: "EXP-02", text: "嘴唇请闭合" },
    ]);
    expect(reword(draft, 0, "   ").reasons.map((reason) => reason.code)).toEqual(["EXP-02"]);
  });

  it("adds a reason once and then turns its tick over", () => {
    const own = { code: null, text: "请换照片" };
    const added = pickReason(draftOf(view({ preset_reasons: [] }), "张老师"), own);
    expect(chosen(added)).toEqual([own]);
    expect(isPicked(added, own)).toBe(true);
    const again = pickReason(added, own);
    expect(chosen(again)).toEqual([]);
    expect(again.reasons).toHaveLength(1);
  });

  it("tells templates of one code apart, and knows one that was reworded", () => {
    const selfie = { code: "EDIT-02", text: "生活照" };
    const copied = { code: "EDIT-02", text: "翻拍" };
    const templates = [selfie, copied];
    const one = pickReason(EMPTY_DRAFT, selfie, templates);
    const both = pickReason(one, copied, templates);
    expect(chosen(both)).toEqual([selfie, copied]);
    const reworded = reword(one, 0, "自拍照");
    expect(chosen(pickReason(reworded, selfie, templates))).toEqual([]);
  });
});

describe("matching", () => {
  const templates = [
    { code: "GEO-02", title: "眼睛位置", text: "眼睛偏低", initials: "yjwz yjpd" },
    { code: "BG-01", title: "背景颜色", text: "换蓝色背景", initials: "bjys hlsbj" },
  ];
  it.each([
    ["", ["GEO-02", "BG-01"]],
    ["背景", ["BG-01"]],
    ["geo", ["GEO-02"]],
    ["背景 蓝", ["BG-01"]],
    ["背景 眼", []],
    ["bjys", ["BG-01"]],
    ["YJP", ["GEO-02"]],
  ])("%j finds %j", (filter, codes) => {
    expect(matching(templates, filter).map((one) => one.code)).toEqual(codes);
  });
});

it("tells equal reasons from others by code, text and order", () => {
  expect(sameReasons([eyes], [{ ...eyes }])).toBe(true);
  expect(sameReasons([eyes], [{ ...eyes, text: "别的" }])).toBe(false);
  expect(sameReasons([eyes, mouth], [mouth, eyes])).toBe(false);
  expect(sameReasons([eyes], [])).toBe(false);
});

describe("templates for one photo", () => {
  const template = (code: string) => ({ code, title: code, text: code, initials: "" });
  it("puts those of its own findings first and those of files last", () => {
    const found = view({})
      .findings.slice(0, 2)
      .map((finding, at) => ({
        ...finding,
        code: ["SHARP-01", "GEO-02"][at] ?? "",
        severity: ["warn", "fail"][at] ?? "pass",
      }));
    const order = concerning(["FILE-01", "WEAR-04", "SHARP-01", "GEO-02"].map(template), found);
    expect(order.map(({ code }) => code)).toEqual(["GEO-02", "SHARP-01", "WEAR-04", "FILE-01"]);
  });
});
