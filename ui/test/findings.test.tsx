/** The findings beside the photo: one line for one cause, each limit said once. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { FindingView } from "../src/bindings/wire";
import { Findings } from "../src/screens/desk/Findings";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { findingsOf } from "./fake/roundData";

const [plain] = findingsOf(1);
const finding = (rule: string, part: Partial<FindingView>): FindingView => {
  if (!plain) throw new Error("no finding");
  return { ...plain, rule, code: rule, title: rule, ...part };
};
const CAUSE = "不是 JPEG 文件，无法检查";
const unknown = (rule: string, message = CAUSE) =>
  finding(rule, { severity: "unknown", value: null, min: null, max: null, message });

function draw(findings: FindingView[], pointed: string | null = null) {
  const list = (at: string | null) => (
    <Findings
      findings={findings}
      pointed={at}
      disputed={new Set()}
      onPoint={() => undefined}
      menuOf={() => []}
      about={null}
    />
  );
  const { rerender } = render(list(pointed));
  return (at: string | null) => rerender(list(at));
}

it("puts what cannot be told for one cause under one line, and shows which checks these are", () => {
  const all = ["a", "b", "c"].map((rule) => unknown(rule));
  const point = draw([finding("f", { severity: "fail" }), ...all, unknown("d", "没有找到人脸")]);
  expect(screen.getByTestId(tid.findingsUnknown).textContent).toContain(zh.desk.unknownOf(3));
  expect(screen.getByTestId(tid.findingsUnknown).textContent).toContain(CAUSE);
  expect(screen.queryByTestId(tid.finding("a"))).toBeNull();
  expect(screen.getByTestId(tid.finding("d"))).toBeTruthy();
  // One that is pointed at by its key is seen.
  point("b");
  expect(screen.getByTestId(tid.finding("b")).className).toContain("finding-on");
  point(null);
  fireEvent.click(screen.getByText(zh.desk.showPassed));
  expect(screen.getByTestId(tid.finding("c"))).toBeTruthy();
});

it("says in a tip only what does not stand there, and nothing over the menu", async () => {
  const menu = [{ key: "why", label: "为什么查这一项", onChoose: () => undefined }];
  render(
    <Findings
      findings={[finding("f", { severity: "fail", clause: "四2", message: "眼睛偏低" })]}
      pointed={null}
      disputed={new Set()}
      onPoint={() => undefined}
      menuOf={() => menu}
      about={null}
    />,
  );
  const row = screen.getByTestId(tid.finding("f"));
  const tips = () => [row, ...row.querySelectorAll("[title]")].map((part) => part.getAttribute("title"));
  expect(tips()).toContain(`f\n${zh.desk.clause("四2")}`);
  expect(tips().join("")).not.toContain("眼睛偏低");
  expect(row.getAttribute("title")).toBeNull();
  fireEvent.contextMenu(row);
  await screen.findByTestId(tid.menuEntry("why"));
  expect(tips().join("")).not.toContain("四2");
});

it("says a limit once, and none of what is only there or not", () => {
  const limit = { severity: "fail", value: 0.07, unit: "ratio", min: null, max: 0.05 };
  draw([
    finding("told", { ...limit, message: "反光 7%，应不超过 5%" }),
    finding("untold", { ...limit, message: "反光太强" }),
    finding("same", { severity: "fail", value: 1, unit: "", min: null, max: 0, message: "与别人同图" }),
  ]);
  const text = (rule: string) => screen.getByTestId(tid.finding(rule)).textContent ?? "";
  expect(text("told")).not.toContain("允许");
  expect(text("untold")).toContain(zh.desk.allowed("≤ 5%"));
  expect(text("same")).not.toContain("允许");
  expect(text("same")).toContain(zh.severity.fail);
});
