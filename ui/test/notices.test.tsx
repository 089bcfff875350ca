/** 通知: the template, the texts, the marks, and who is missing. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { NoticeMark, TableSave } from "../src/bindings/wire";
import { copyText } from "../src/components/clipboard";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

vi.mock("../src/components/clipboard", () => ({ copyText: vi.fn(() => Promise.resolve()) }));

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

it("lets no text out that has a word which means nothing", async () => {
  open();
  const box = await screen.findByTestId<HTMLTextAreaElement>(tid.noticeTemplate);
  const off = () =>
    [tid.noticeGroup("文学院"), tid.noticeMark, tid.smsSave, tid.noticeKeep, tid.noticeMarkOne(11)].map(
      (id) => screen.getByTestId<HTMLButtonElement>(id).disabled,
    );
  fireEvent.click(await screen.findByLabelText("去掉“手机号”这一列"));
  await waitFor(() => expect(off()).toEqual([false, false, false, false, false]));
  fireEvent.change(box, { target: { value: "{姓名}请重交{证件号码}" } });
  await waitFor(() => expect(off()).toEqual([true, true, true, true, true]));
  expect(screen.getByTestId(tid.smsLacks).textContent).toBe(zh.notices.sms.heldBack);
  fireEvent.change(box, { target: { value: "{姓名}请重交" } });
  await waitFor(() => expect(off()).toEqual([false, false, false, false, false]));
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
  fireEvent.click(screen.getByTestId(tid.noticeFirst));
  await screen.findByText(zh.notices.firstAsk);
  expect(bridge.calls.filter((call) => call.name === "notice_template")).toHaveLength(1);
  fireEvent.click(screen.getByTestId(tid.noticeFirstSure));
  await waitFor(() => expect(box.value).toBe("{姓名}：{原因}"));
});

it("marks those not told yet, and takes one mark back", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.noticeMark));
  expect(bridge.calls.some((call) => call.name === "notice_mark")).toBe(false);
  screen.getByText(zh.notices.markAsk("2"));
  fireEvent.click(await screen.findByTestId(tid.noticeMarkSure));
  fireEvent.click(await screen.findByTestId(tid.noticeUnmark(11)));
  await waitFor(() => expect(screen.queryByTestId(tid.noticeUnmark(11))).toBeNull());
  const said = screen.getByTestId(tid.noticeSaid);
  expect(said.parentElement?.contains(screen.getByTestId(tid.noticeMark))).toBe(true);
  fireEvent.click(screen.getByTestId(tid.noticeKind("missing")));
  await screen.findByTestId(tid.chaseLine);
  expect(screen.queryByTestId(tid.noticeSaid)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.noticeKind("rejected")));
  expect(screen.getByTestId(tid.noticeUnmark(12))).toBeTruthy();
  const marks = bridge.calls.filter((call) => call.name === "notice_mark").map((call) => call.args);
  expect(marks).toEqual([
    { round: 1, submissions: [11, 12], told: true, deadline: "2026-11-30" },
    { round: 1, submissions: [11], told: false, deadline: "2026-11-30" },
  ]);
});

it("writes a workbook for each college, says until when was told, and copies one student's text", async () => {
  const bridge = fakeBridge(3);
  const saved: TableSave[] = [];
  bridge.handlers.table_save = (args) => {
    saved.push(args);
    return { path: `${args.folder}/${args.title}.xlsx` };
  };
  Object.assign(bridge, { picks: true, pick: () => Promise.resolve(["/交"]) });
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.noticeMark));
  fireEvent.click(await screen.findByTestId(tid.noticeMarkSure));
  await screen.findByTestId(tid.noticeUnmark(11));
  expect(screen.getAllByText("11-30 已过期")).toHaveLength(2);
  expect(screen.getByText("2 人已过截止日期仍未重新提交")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>(tid.noticeCopy(11)).disabled).toBe(false);
  fireEvent.click(screen.getByTestId(tid.noticeByCollege));
  await screen.findByText("已存 2 个文件到 /交");
  fireEvent.click(screen.getByTestId(tid.noticeByCollegeOpen));
  await waitFor(() => expect(bridge.opened).toEqual([[null, "table"]]));
  expect(saved.map(({ title, folder, rows, round }) => [title, folder, rows.length, round])).toEqual([
    ["退回通知-文学院", "/交", 1, 1],
    ["退回通知-理学院", "/交", 1, 1],
  ]);
  expect(saved[0]?.rows[0]).toEqual([
    "2021001",
    "张三",
    "一班",
    "审核失败",
    "眼睛闭着。",
    "张三：眼睛闭着。",
    "2026-11-30",
    "2026-11-27 08:00:00",
  ]);
});

it("says who is missing", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.noticeKind("missing")));
  expect((await screen.findByTestId(tid.chaseLine)).textContent).toContain("还有 3 人未交");
});

it("marks apart who may have a photo that waits to be claimed, within those without one", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.noticeKind("missing")));
  const note = await screen.findByTestId(tid.chaseClaimed);
  expect(note.textContent).toContain("未交的 3 人中，1 人可能已交：有照片待认领");
  const of = (name: string) => Number(screen.getByTestId(tid.sum(name)).textContent);
  expect([of("due"), of("submitted") + of("missing"), of("missing")]).toEqual([40, 40, 3]);
  expect(screen.getByRole("columnheader", { name: "有照片待认领" })).toBeTruthy();
  fireEvent.click(within(note).getByRole("button"));
  await screen.findByTestId(tid.screen("photos"));
});

it("writes the file for whoever sends text messages, under the operator's titles", async () => {
  const bridge = open();
  const save = await screen.findByTestId<HTMLButtonElement>(tid.smsSave);
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>(tid.smsTitle(0)).value).toBe("手机号"));
  expect(save.disabled).toBe(true);
  expect(screen.getByTestId(tid.smsLacks).textContent).toBe(zh.notices.sms.pickFirst);
  bridge.pick = async () => ["/名单/2026届.xlsx"];
  fireEvent.click(screen.getByTestId(tid.smsPick));
  const found = await screen.findByTestId(tid.smsFound);
  expect(found.textContent).toContain("待写 2 人，其中 1 人有手机号（如 138********）");
  expect(found.textContent).toContain("李四（2021002）");
  expect(screen.queryByTestId(tid.smsLacks)).toBeNull();
  fireEvent.change(screen.getByTestId(tid.smsTitle(1)), { target: { value: "变量1" } });
  fireEvent.click(screen.getByTestId(tid.smsAdd));
  bridge.pick = async () => ["/短信"];
  fireEvent.click(save);
  await waitFor(() =>
    expect(screen.getByTestId(tid.smsSaid).textContent).toBe(
      "已存 1 人：/短信/短信名单.xlsx；1 人没有手机号，不在里面",
    ),
  );
  expect(bridge.calls.find((call) => call.name === "sms_save")?.args).toEqual({
    ask: {
      round: 1,
      path: "/名单/2026届.xlsx",
      only_untold: false,
      template: "{姓名}：{原因}",
      deadline: "",
    },
    columns: [
      { what: "phone", title: "手机号" },
      { what: "text", title: "变量1" },
      { what: "name", title: "姓名" },
    ],
    folder: "/短信",
  });
});

it("needs no table of numbers where no column holds them", async () => {
  const bridge = open();
  await screen.findByTestId(tid.smsTitle(1));
  fireEvent.click(await screen.findByLabelText("去掉“手机号”这一列"));
  expect(screen.queryByTestId(tid.smsPick)).toBeNull();
  bridge.pick = async () => ["/短信"];
  fireEvent.click(screen.getByTestId(tid.smsSave));
  await waitFor(() => expect(screen.getByTestId(tid.smsSaid).textContent).toContain("已存 2 人"));
});

it("keeps the operator's signature when it is left, and counts the texts anew", async () => {
  const bridge = open();
  const box = await screen.findByTestId<HTMLInputElement>(tid.smsSignature);
  expect(screen.getByTestId(tid.noticeExample).textContent).toContain("短信 1 条");
  fireEvent.blur(box);
  fireEvent.change(box, { target: { value: "某某大学" } });
  fireEvent.blur(box);
  await waitFor(() => expect(screen.getByTestId(tid.noticeExample).textContent).toContain("短信 2 条"));
  expect(bridge.calls.filter((call) => call.name === "sms_signature").map((call) => call.args)).toEqual([
    { round: 1, signature: "某某大学" },
  ]);
});

it("marks one student, one college, and those in the file for text messages, and nobody else", async () => {
  const bridge = open();
  const marks = () =>
    bridge.calls
      .filter((call) => call.name === "notice_mark")
      .map((call) => (call.args as NoticeMark).submissions);
  fireEvent.click(await screen.findByTestId(tid.noticeMarkOne(12)));
  await screen.findByTestId(tid.noticeUnmark(12));
  expect(screen.queryByTestId(tid.noticeMarkGroup("理学院"))).toBeNull();
  fireEvent.click(screen.getByTestId(tid.noticeUnmark(12)));
  const markGroup = await screen.findByTestId(tid.noticeMarkGroup("理学院"));
  expect(markGroup.textContent).toBe(zh.notices.markYes);
  fireEvent.click(markGroup);
  screen.getByText(zh.notices.markGroupAsk("理学院", "1"));
  fireEvent.click(await screen.findByTestId(tid.noticeMarkGroupSure));
  await screen.findByTestId(tid.noticeUnmark(12));
  // Beside what was pressed, with the sign of it, and the file says whom it would tell again.
  const group = screen.getByTestId(tid.noticeGroup("理学院"));
  expect(group.textContent).toContain("已通知");
  expect(group.closest("section")?.contains(screen.getByTestId(tid.noticeSaid))).toBe(true);
  expect(screen.getByTestId(tid.smsTold).textContent).toContain(zh.notices.sms.withTold("1"));
  bridge.pick = async () => ["/名单/2026届.xlsx"];
  fireEvent.click(await screen.findByTestId(tid.smsPick));
  await screen.findByTestId(tid.smsFound);
  bridge.pick = async () => ["/短信"];
  fireEvent.click(screen.getByTestId(tid.smsSave));
  expect((await screen.findByTestId(tid.smsMark)).textContent).toBe("标记文件里的 1 人");
  fireEvent.click(screen.getByTestId(tid.smsOpen));
  await waitFor(() => expect(bridge.opened).toEqual([[null, "sms"]]));
  fireEvent.click(screen.getByTestId(tid.smsMark));
  fireEvent.click(await screen.findByTestId(tid.smsMarkSure));
  await screen.findByTestId(tid.noticeUnmark(11));
  expect(marks()).toEqual([[12], [12], [12], [11]]);
  expect(screen.queryByTestId(tid.smsMark)).toBeNull();
});

it("copies for a college's group only those not told, where only they are asked for", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.noticeMarkOne(12)));
  await screen.findByTestId(tid.noticeUnmark(12));
  fireEvent.click(screen.getByLabelText(zh.notices.onlyUntold));
  await waitFor(() => expect(screen.queryByTestId(tid.noticeGroup("理学院"))).toBeNull());
  fireEvent.click(screen.getByTestId(tid.noticeGroup("文学院")));
  await waitFor(() => expect(copyText).toHaveBeenLastCalledWith({ plain: "文学院未通知：张三" }));
});

it("warns of a deadline that has passed, and writes the notice's day into the colleges' workbooks", async () => {
  const bridge = fakeBridge(3);
  const saved: string[][][] = [];
  bridge.handlers.table_save = (args: { rows: string[][] }) => {
    saved.push(args.rows);
    return { path: "x" };
  };
  Object.assign(bridge, { picks: true, pick: () => Promise.resolve(["/交"]) });
  open(bridge);
  const day = await screen.findByTestId(tid.noticeDeadline);
  fireEvent.click(screen.getByTestId(tid.noticeByCollege));
  await waitFor(() => expect(saved[0]?.[0]?.[6]).toBe("2026-11-30"));
  expect(saved[0]?.[0]?.[7]).toBe("");
  fireEvent.change(day, { target: { value: "2020-01-31" } });
  fireEvent.blur(day);
  await screen.findByText(zh.notices.deadlinePast("2020-01-31"));
});
