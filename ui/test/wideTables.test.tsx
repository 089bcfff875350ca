/** Tables wider than the window: whose a row is stays in sight, and what is cut is told whole. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { StudentRow } from "../src/bindings/wire";
import { copyText } from "../src/components/clipboard";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";
import { studentOf } from "./fake/roundData";

vi.mock("../src/components/clipboard", () => ({ copyText: vi.fn(() => Promise.resolve()) }));

const first = studentOf(0);
const open = async () => {
  render(<App bridge={fakeBridge(3)} start={{ screen: "students", round: 1 }} />);
  return screen.findByTestId(tid.studentRow(first.student_no));
};
const frozen = (row: Element | null) =>
  [...(row?.querySelectorAll<HTMLElement>(".vtable-start, .vtable-end") ?? [])].map((cell) => [
    cell.textContent,
    cell.style.left || cell.style.right,
  ]);

it("keeps 学号 and 姓名 in sight at the left, and the state with what can be done at the right", async () => {
  const row = await open();
  const head = document.querySelector(".vtable-head");
  expect(frozen(head)).toEqual([
    ["学号", "12px"],
    ["姓名", "138px"],
    ["状态", "122px"],
    ["", "58px"],
    ["", "12px"],
  ]);
  expect(frozen(row).map(([text]) => text)).toContain(first.name);
});

it("says in the state that stays in sight why somebody is exempt", async () => {
  const bridge = fakeBridge(3);
  const students = [{ ...first, state: "exempt", exempt: "休学" }] as StudentRow[];
  bridge.handlers.student_list = () => ({ total: 1, students });
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  const row = await screen.findByTestId(tid.studentRow(first.student_no));
  expect(row.querySelector(".vtable-end .state")?.textContent).toContain("免采 休学");
});

it("is as wide as its columns at their least, so that none frozen covers another at the end", async () => {
  await open();
  const head = document.querySelector<HTMLElement>(".vtable-head");
  const least = (head?.style.gridTemplateColumns ?? "").match(/\d+(?=px)/g)?.map(Number) ?? [];
  const columns = least.reduce((sum, px) => sum + px, 0);
  const table = head?.parentElement as HTMLElement;
  expect(Number.parseInt(table.style.minWidth, 10)).toBe(columns + 10 * (least.length - 1) + 2 * 12);
});

it("lists 班级 and 层次, on the screen and in what is copied", async () => {
  const row = await open();
  const heads = [...document.querySelectorAll(".vtable-head > span")].map((cell) => cell.textContent);
  expect(heads.slice(heads.indexOf("年级"), heads.indexOf("校区"))).toEqual([
    "年级",
    "班级",
    "层次",
    "学习形式",
  ]);
  expect(row.textContent).toContain(first.class);
  expect(row.textContent).toContain(first.level);
  fireEvent.click(screen.getByTestId(tid.tableCopy("students-table")));
  await waitFor(() => expect(copyText).toHaveBeenCalled());
  const [asked] = vi.mocked(copyText).mock.calls[0] ?? [];
  const { plain } = (await asked) as { plain: string };
  const [titles = "", line = ""] = plain.split("\r\n");
  expect(titles.split("\t")).toEqual(expect.arrayContaining(["班级", "层次"]));
  expect(line.split("\t")).toEqual(expect.arrayContaining([first.class, first.level]));
});

it("tells a cut cell whole, and repeats none that is in sight whole", async () => {
  const row = await open();
  const cell = [...row.children].find((one) => one.textContent === first.class) as HTMLElement;
  fireEvent.mouseOver(cell);
  expect(cell.title).toBe("");
  Object.defineProperty(cell, "scrollWidth", { value: 140 });
  Object.defineProperty(cell, "clientWidth", { value: 100 });
  fireEvent.mouseOver(cell);
  expect(cell.title).toBe(first.class);
});
