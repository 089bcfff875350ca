/** What was decided before: a decision that was taken back is told from one that another took the place of. */
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { DecisionView, HistoryEntry } from "../src/bindings/wire";
import { Timeline } from "../src/screens/desk/Timeline";
import { Together } from "../src/screens/desk/Together";
import { tid } from "../src/testids";
import { zh } from "../src/zh";

const made = (decision_id: number, undone = false): DecisionView => ({
  decision_id,
  kind: "approved",
  reasons: [],
  note: "",
  reviewer: "王老师",
  at: "2026-11-29 10:00:00",
  part: "",
  undone,
});

const entry = (decisions: DecisionView[], decision: DecisionView | null): HistoryEntry => ({
  submission: 1,
  photo: "aa",
  sequence: 1,
  received_at: "2026-11-29 09:00:00",
  outside_window: "",
  over_limit: "",
  together: false,
  decision,
  decisions,
  picture: null,
  eyes: null,
});

const texts = (one: HistoryEntry) => {
  render(<Timeline entries={[one]} current={1} thumb={() => ""} onChoose={() => undefined} />);
  const lines = screen.getByTestId(tid.timeline).querySelectorAll(".made");
  return [...lines].map((line) => {
    const text = line.textContent ?? "";
    if (text.includes(zh.desk.historyUndone)) return "undone";
    return text.includes(zh.desk.historyPast) ? "past" : "stands";
  });
};

it("tells what was taken back from what another took the place of, wherever it comes", () => {
  const all = [made(1, true), made(2), made(3), made(4, true)];
  expect(texts(entry(all, made(3)))).toEqual(["undone", "past", "stands", "undone"]);
});

it("calls all of them taken back where none stands", () => {
  expect(texts(entry([made(1, true), made(2, true)], null))).toEqual(["undone", "undone"]);
});

it("says first that several photos came at once, until one is decided on", () => {
  const one = { ...entry([], null), together: true };
  const other = { ...one, submission: 2, photo: "bb", sequence: 2 };
  const alone = { ...one, submission: 3, sequence: 3, received_at: "2026-11-30 09:00:00" };
  const all = [one, other, alone];
  const { rerender } = render(<Together entries={all} current={2} thumb={() => ""} />);
  expect(screen.getByTestId(tid.together).textContent).toContain("一次交来 2 张");
  rerender(<Together entries={all} current={3} thumb={() => ""} />);
  expect(screen.queryByTestId(tid.together)).toBeNull();
  const decided = { ...other, decision: made(1) };
  rerender(<Together entries={[one, decided]} current={2} thumb={() => ""} />);
  expect(screen.queryByTestId(tid.together)).toBeNull();
});
