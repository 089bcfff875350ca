/** 通知: the template, the texts, the marks, and who is missing. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

const open = (bridge = fakeBridge(3)) => {
  render(<App bridge={bridge} start={{ screen: "notices", round: 1 }} />);
  return bridge;
};

it("fills the template as it is written and names what it does not know", async () => {
  open();
  const box = await screen.findByTestId<HTMLTextAreaElement>(tid.noticeTemplate);
  expect(box.value).toBe("{姓名}：{原因}");
  fireEvent.change(box, { target: { value: "{姓名}请重交{证件号码}" } });
  await waitFor(() =>
    expect(screen.getByTestId(tid.noticeExample).textContent).toContain("张三请重交{证件号码}"),
  );
  expect(screen.getByText(/认不出的占位：\{证件号码\}/)).toBeTruthy();
});

it("keeps a template and gives the first one back", async () => {
  const bridge = open();
  const box = await screen.findByTestId<HTMLTextAreaElement>(tid.noticeTemplate);
  fireEvent.change(box, { target: { value: "{姓名}好" } });
  fireEvent.click(screen.getByTestId(tid.noticeKeep));
  await screen.findByTestId(tid.noticeSaid);
  expect(bridge.calls.find((call) => call.name === "notice_template")?.args).toEqual({
    template: "{姓名}好",
  });
  fireEvent.click(screen.getByText("恢复原来的模板"));
  await waitFor(() => expect(box.value).toBe("{姓名}：{原因}"));
});

it("marks those not told yet, and takes one mark back", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.noticeMark));
  fireEvent.click(await screen.findByTestId(tid.noticeUnmark(11)));
  await waitFor(() => expect(screen.queryByTestId(tid.noticeUnmark(11))).toBeNull());
  expect(screen.getByTestId(tid.noticeUnmark(12))).toBeTruthy();
  const marks = bridge.calls.filter((call) => call.name === "notice_mark").map((call) => call.args);
  expect(marks).toEqual([
    { round: 1, submissions: [11, 12], told: true, deadline: "2026-11-30" },
    { round: 1, submissions: [11], told: false, deadline: "2026-11-30" },
  ]);
});

it("says who is missing", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.noticeKind("missing")));
  expect((await screen.findByTestId(tid.chaseLine)).textContent).toContain("还有 3 人未交");
});
