/** What was decided before: a decision that was taken back is told from one that another took the place of. */
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { DecisionView, HistoryEntry } from "../src/bindings/wire";
import { Timeline } from "../src/screens/desk/Timeline";
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
  arrival: 1,
  received_at: "2026-11-29 09:00:00",
  outside_window: "",
  over_limit: "",
  file_name: "1.jpg",
  together: false,
  unpicked: false,
  decision,
  decisions,
  picture: null,
  eyes: null,
});

const texts = (one: HistoryEntry) => {
  render(<Timeline entries={[one]} current={1} barred={null} thumb={() => ""} onChoose={() => undefined} />);
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
