/** 结束与归档: what is offered when, ID numbers only under encryption, and the name typed before anything is deleted. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { ArchiveChoice } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { firstEnding } from "./fake/endingBridge";
import { fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";

const open = async (bridge = fakeBridge(3)) => {
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
  await screen.findByTestId(tid.endingClose);
  return bridge;
};
const args = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);
const WHY = "随下一批采集";
const close = async () => {
  fireEvent.click(screen.getByTestId(tid.endingClose));
  fireEvent.change(await screen.findByTestId(tid.endingLeftOpen), { target: { value: WHY } });
  fireEvent.click(screen.getByTestId(tid.endingCloseSure));
  await screen.findByTestId(tid.endingReopen);
};
const box = (key: keyof ArchiveChoice) =>
  screen.getByTestId(tid.endingChoice(key)).closest("label")?.querySelector("input") as HTMLInputElement;

it("closes only after it is confirmed, and says what is still open", async () => {
  const bridge = await open();
  const left = zh.ending.open({ pending: "2", held: "1", differing: "0", differences: "3" });
  expect(screen.getByText(left)).toBeTruthy();
  expect(left).not.toContain("意见不一");
  expect(screen.queryByTestId(tid.endingArchive)).toBeNull();
  expect(screen.queryByTestId(tid.endingErase)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.endingClose));
  const sure = (await screen.findByTestId(tid.endingCloseSure)) as HTMLButtonElement;
  expect(sure.disabled).toBe(true);
  expect(sure.closest("[role=dialog]")?.textContent).toContain(left);
  const dialog = sure.closest("[role=dialog]")?.textContent ?? "";
  expect(dialog).toContain("还有未了结的差异 3 项（其中待审 2 人、存疑 1 人）");
  expect(dialog.match(/3 项/g)).toHaveLength(1);
  const type = (value: string) =>
    fireEvent.change(screen.getByTestId(tid.endingLeftOpen), { target: { value } });
  type(" 不必处 ");
  expect(sure.disabled).toBe(true);
  expect(args(bridge, "round_close")).toEqual([]);
  type(WHY);
  fireEvent.click(sure);
  await screen.findByTestId(tid.endingArchive);
  expect(args(bridge, "round_close")).toEqual([{ round: 1, reason: WHY }]);
  expect(screen.getByText(zh.ending.closedOver("3", WHY))).toBeTruthy();
  expect(screen.getByTestId(tid.endingErase)).toBeTruthy();
});

it("warns of the archive that counts no longer only where there is one", async () => {
  const bridge = await open();
  await close();
  fireEvent.click(screen.getByTestId(tid.endingReopen));
  await screen.findByText(zh.ending.reopenAskBare);
  expect(screen.queryByText(zh.ending.reopenAsk)).toBeNull();
  bridge.handlers.archive_write?.({} as never);
  fireEvent.click(screen.getByTestId(tid.reconcilePart("sums")));
  fireEvent.click(screen.getByTestId(tid.reconcilePart("ending")));
  fireEvent.click(await screen.findByTestId(tid.endingReopen));
  await screen.findByText(zh.ending.reopenAsk);
});

it("asks before it closes a round without differences, and for no reason", async () => {
  const bridge = fakeBridge(3);
  bridge.ending.differences = 0;
  await open(bridge);
  fireEvent.click(screen.getByTestId(tid.endingClose));
  const sure = await screen.findByTestId(tid.endingCloseSure);
  expect(screen.queryByTestId(tid.endingLeftOpen)).toBeNull();
  expect(args(bridge, "round_close")).toEqual([]);
  fireEvent.click(sure);
  await screen.findByTestId(tid.endingReopen);
  expect(args(bridge, "round_close")).toEqual([{ round: 1, reason: "" }]);
});

it("does not close while second reviews wait: the archive would tell the first verdicts", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.ending_show = () => ({ ...firstEnding(), reviewing: 4 });
  await open(bridge);
  expect((screen.getByTestId(tid.endingClose) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByTestId(tid.endingReviewing).textContent).toContain("4 张");
});

it("takes ID numbers out again when encryption is taken off", async () => {
  const bridge = await open();
  await close();
  fireEvent.click(box("id_numbers"));
  expect(box("id_numbers").checked).toBe(true);
  fireEvent.click(box("encrypted"));
  expect(box("id_numbers").checked).toBe(false);
  expect(box("id_numbers").disabled).toBe(true);
  bridge.pick = async () => ["D:\\归档"];
  expect(screen.getByTestId(tid.endingArchiveLacks).textContent).toBe(zh.ending.writeLacks);
  fireEvent.click(screen.getByTestId(tid.endingTarget));
  await waitFor(() =>
    expect((screen.getByTestId(tid.endingArchive) as HTMLButtonElement).disabled).toBe(false),
  );
  fireEvent.click(screen.getByTestId(tid.endingArchive));
  const choice = { encrypted: false, id_numbers: false, renditions: true, originals: false };
  await waitFor(() =>
    expect(args(bridge, "archive_write")).toEqual([{ round: 1, choice, target: "D:\\归档" }]),
  );
});

it("deletes only when the name is typed and, without an archive, the reason is given", async () => {
  const bridge = await open();
  await close();
  fireEvent.click(screen.getByTestId(tid.endingErase));
  const sure = (await screen.findByTestId(tid.endingEraseSure)) as HTMLButtonElement;
  const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
  const { name } = firstEnding();
  type(tid.endingTyped, name);
  expect(sure.disabled).toBe(true);
  type(tid.endingWaived, "试用批次");
  expect(sure.disabled).toBe(false);
  type(tid.endingTyped, name.slice(1));
  expect(sure.disabled).toBe(true);
  type(tid.endingTyped, name);
  fireEvent.click(sure);
  await waitFor(() => expect(args(bridge, "round_erase")).toEqual([{ round: 1, name, waived: "试用批次" }]));
});

it.each([
  { photos: 0, shared: 0, gone: "学生的信息；本批没有收过照片", kept: null },
  { photos: 41, shared: 0, gone: "、41 个照片文件", kept: null },
  { photos: 41, shared: 40, gone: "、1 个照片文件", kept: "40 个照片文件" },
  { photos: 41, shared: 41, gone: "照片文件其他批次都在用，全部保留", kept: "41 个照片文件" },
])("counts no file as deleted that another round uses: $shared of $photos", async (of) => {
  const bridge = fakeBridge(3);
  Object.assign(bridge.ending, { photos: of.photos, submissions: of.photos, shared: of.shared });
  await open(bridge);
  await close();
  fireEvent.click(screen.getByTestId(tid.endingErase));
  const dialog = (await screen.findByTestId(tid.endingEraseFacts)).closest("[role=dialog]");
  const said = dialog?.querySelector("[role=alert]")?.textContent;
  expect(said).toContain(of.gone);
  const kept = screen.queryByTestId(tid.endingEraseShared)?.textContent ?? null;
  if (of.kept === null) expect(kept).toBeNull();
  else expect(kept).toContain(of.kept);
});

it("shows where the archive that was just written lies", async () => {
  const bridge = fakeBridge(3);
  bridge.ending.closed = "张老师";
  const report = {
    path: "D:\\归档\\归档.zip",
    sha256: "ab",
    bytes: 5,
    entries: 14,
    passphrase: null,
    lacks: "",
  };
  const running = jobOf({ job: 71, kind: "archive" });
  bridge.handlers.job_list = () => [running];
  bridge.handlers.job_show = () => ({ ...running, finished: true, outcome: { kind: "archive", report } });
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
  const button = await screen.findByTestId(tid.endingArchiveOpen);
  expect(button.parentElement?.textContent).toContain(report.path);
  fireEvent.click(button);
  expect(bridge.opened).toEqual([[71, null]]);
});

it("shows that an archive is being read until it is known what it holds", async () => {
  const bridge = fakeBridge(3);
  const verify = bridge.handlers.archive_verify;
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  bridge.handlers.archive_verify = async (asked) => {
    await held;
    if (!verify) throw new Error("no check");
    return verify(asked);
  };
  bridge.pick = async () => ["C:\\归档.zip"];
  await open(bridge);
  expect(screen.queryByTestId(tid.endingChecking)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.endingCheck));
  await screen.findByTestId(tid.endingChecking);
  expect(screen.getByTestId<HTMLButtonElement>(tid.endingCheck).disabled).toBe(true);
  go();
  await screen.findByTestId(tid.endingChecked);
  expect(screen.queryByTestId(tid.endingChecking)).toBeNull();
});

it("names what is wrong with an archive, and warns of a day that is past", async () => {
  const bridge = fakeBridge(3);
  bridge.ending.keep_until = "2026-01-01";
  bridge.ending.days_left = -10;
  bridge.pick = async () => ["D:\\归档.zip"];
  await open(bridge);
  expect(screen.getByTestId(tid.endingKept).textContent).toBe(zh.ending.past("2026-01-01", "10"));
  fireEvent.click(screen.getByTestId(tid.endingCheck));
  expect((await screen.findByTestId(tid.endingChecked)).textContent).toContain("缺少 roster.json");
});

it("warns of an archive that is whole and counts no longer", async () => {
  const bridge = fakeBridge(3);
  const voided = "这份归档包已经作废：写成之后，2026-11-29 10:00:00 张老师 重新打开了本批";
  bridge.handlers.archive_verify = () => ({ sha256: "ab", entries: 14, round: "本批", voided, problems: [] });
  bridge.pick = async () => ["D:\\归档.zip"];
  await open(bridge);
  fireEvent.click(screen.getByTestId(tid.endingCheck));
  const checked = await screen.findByTestId(tid.endingChecked);
  expect(checked.textContent).toContain(voided);
  expect(checked.className).toContain("warning");
});

it("takes a new name back where it was given", async () => {
  const bridge = await open();
  const handlers = bridge.handlers;
  const show = handlers.app_status;
  handlers.round_rename = async ({ name }) => {
    bridge.ending.name = name;
    const [card] = show ? (await show({})).rounds : [];
    if (!card) throw new Error("no round");
    return card;
  };
  handlers.scope_undo = () => {
    bridge.ending.name = firstEnding().name;
    return { act: null };
  };
  const box = () => screen.getByTestId<HTMLInputElement>(tid.endingName);
  expect(screen.queryByTestId(tid.endingUnrename)).toBeNull();
  fireEvent.change(box(), { target: { value: "另一个名称" } });
  fireEvent.click(screen.getByTestId(tid.endingRename));
  fireEvent.click(await screen.findByTestId(tid.endingUnrename));
  await waitFor(() => expect(box().value).toBe(firstEnding().name));
  expect(args(bridge, "scope_undo")).toEqual([{ round: 1 }]);
  expect(screen.queryByTestId(tid.endingUnrename)).toBeNull();
});

it("says beside its button why an archive cannot be checked", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.archive_verify = () => {
    throw { code: "file", message: "口令不对", detail: "" };
  };
  bridge.pick = async () => ["D:\\归档.zip"];
  await open(bridge);
  fireEvent.click(screen.getByTestId(tid.endingCheck));
  const failure = await screen.findByTestId(tid.failure);
  const opened = screen.getByTestId(tid.endingCheck).closest("details");
  expect(opened?.contains(failure)).toBe(true);
});

it("offers nothing to bring in, reconcile or take back where the data is gone", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async (args) => {
    if (!status) throw new Error("no status");
    const answer = await status(args);
    return { ...answer, rounds: answer.rounds.map((one) => ({ ...one, closed: true, erased: true })) };
  };
  bridge.ending.closed = "张老师";
  bridge.ending.erased = {
    made: "张老师",
    archived: true,
    early: false,
    waived: "",
    lines: [],
    kept: [],
    outside: [],
  };
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  expect((await screen.findByTestId(tid.erasedNote)).textContent).toContain("销毁证明");
  const gone = ["roster", "students", "scope", "photos", "grid", "bulk", "second", "notices", "fees"];
  for (const name of [...gone, "standard", "delivery", "statistics", "desk"]) {
    fireEvent.click(screen.getByTestId(tid.nav(name)));
    const page = await screen.findByTestId(tid.screen(name));
    expect(page.textContent).toContain(zh.app.erasedScreen);
    expect(page.querySelectorAll("button, input")).toHaveLength(0);
  }
  fireEvent.click(screen.getByTestId(tid.nav("reconcile")));
  await screen.findByTestId(tid.endingErased);
  expect(screen.queryByTestId(tid.reconcileUndo)).toBeNull();
  expect(screen.queryByTestId(tid.reconcilePart("differences"))).toBeNull();
  expect(bridge.calls.map((call) => call.name)).not.toContain("roster_preview");
});

it("shows on the card of a deleted round when that was, and the way to the certificate alone", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async (args) => {
    if (!status) throw new Error("no status");
    const answer = await status(args);
    return { ...answer, rounds: answer.rounds.map((one) => ({ ...one, closed: true, erased: true })) };
  };
  const made = "2026-11-28 10:00 张老师";
  bridge.ending.erased = { made, archived: true, early: false, waived: "", lines: [], kept: [], outside: [] };
  render(<App bridge={bridge} start={{ screen: "rounds", round: null }} />);
  const card = await screen.findByTestId(tid.roundCard(1));
  await waitFor(() => expect(card.textContent).toContain(zh.rounds.erasedOn(made)));
  expect(screen.queryByTestId(tid.roundCount("students"))).toBeNull();
  expect([...card.querySelectorAll("button")].map((button) => button.textContent)).toEqual([
    zh.rounds.certificate,
  ]);
  fireEvent.click(screen.getByTestId(tid.roundEnd(1)));
  await screen.findByTestId(tid.endingErased);
});

it("shows what was deleted and nothing to do but the certificate", async () => {
  const bridge = fakeBridge(3);
  bridge.ending.closed = "张老师";
  bridge.ending.erased = {
    made: "张老师",
    archived: true,
    early: true,
    waived: "试用数据",
    lines: [{ title: "原始照片", number: "12" }],
    kept: [{ title: "其他批次也在用的照片", number: "41" }],
    outside: [{ what: "打印件（排版）", path: "D:\\打印\\***", at: "2026-11-22 09:00:00" }],
  };
  bridge.pick = async () => ["D:\\证明"];
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
  await screen.findByTestId(tid.endingErased);
  // What stays is not among what was deleted.
  const shown = (testid: string) => screen.getByTestId(testid).textContent;
  expect(shown(tid.endingKeptParts)).toContain("其他批次也在用的照片41");
  expect(shown(tid.endingErased)?.split("其他批次也在用的照片")).toHaveLength(2);
  expect(shown(tid.endingOutside)).toContain("打印件（排版）（2026-11-22 09:00:00）：D:\\打印\\***");
  for (const gone of [tid.endingReopen, tid.endingArchive, tid.endingErase]) {
    expect(screen.queryByTestId(gone)).toBeNull();
  }
  expect(screen.getByTestId(tid.endingWaivedWhy).textContent).toBe(
    "当时保存期限还没有过，仍然删除的理由：试用数据",
  );
  fireEvent.click(screen.getByTestId(tid.endingCertificate));
  const said = await screen.findByTestId(tid.endingSaid);
  const files = [...said.querySelectorAll("li")].map((line) => line.textContent);
  expect(files).toEqual(["D:\\证明.xlsx", "D:\\证明.pdf"]);
  fireEvent.click(screen.getByTestId(tid.endingCertificateOpen));
  expect(bridge.opened).toEqual([[1, "certificate"]]);
  expect(screen.queryByTestId(tid.endingCertificate)).toBeNull();
  expect(said.parentElement?.contains(screen.getByTestId(tid.endingCertificateAgain))).toBe(true);
  fireEvent.click(screen.getByTestId(tid.endingCertificateAgain));
  expect(screen.getByTestId(tid.endingCertificate)).toBeTruthy();
  expect(args(bridge, "certificate_save")).toHaveLength(1);
});

it("says whether there is an archive and until when the data is kept, and asks why where either is missing", async () => {
  const bridge = fakeBridge(3);
  bridge.ending.days_left = -1;
  bridge.ending.keep_until = "2026-11-28";
  bridge.ending.kept_why = "保存期限改早过，原定保存至 2030-06-30";
  bridge.ending.closed = "张老师";
  const archive = { made: "张老师", file: "归档.zip", sha256: "ab", bytes: 5, entries: 14 };
  const parts = { encrypted: true, id_numbers: false, renditions: true, originals: false, lacks: "" };
  bridge.ending.archive = { ...archive, ...parts };
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
  fireEvent.click(await screen.findByTestId(tid.endingErase));
  const facts = await screen.findByTestId(tid.endingEraseFacts);
  expect(facts.textContent).toContain("归档.zip");
  expect(facts.textContent).toContain(zh.ending.eraseBackups);
  // The program makes the next one itself: only copies elsewhere are left to whoever made them.
  expect(facts.textContent).toMatch(/自动.*重新做一份.*U 盘/);
  expect(facts.textContent).toContain(zh.ending.eraseStays);
  // Also where the log knows of none yet: each kind of file that the station lists.
  for (const kind of [
    "核对结项表",
    "短信名单",
    "存为 Excel 的表",
    "名单未导入的行（有证件号码）",
    "导出的日志",
  ])
    expect(facts.textContent).toContain(kind);
  for (const { what, at, path } of bridge.ending.outside) {
    expect(facts.textContent).toContain(`${what}（${at}）：${path || zh.ending.outsideUnknown}`);
  }
  expect(facts.textContent).toContain(zh.ending.past("2026-11-28", "1"));
  const waived = screen.getByTestId<HTMLInputElement>(tid.endingWaived);
  expect(waived.labels?.[0]?.textContent).toContain(bridge.ending.kept_why);
  const sure = screen.getByTestId(tid.endingEraseSure) as HTMLButtonElement;
  const { name } = firstEnding();
  fireEvent.change(screen.getByTestId(tid.endingTyped), { target: { value: name } });
  expect(sure.disabled).toBe(true);
  fireEvent.change(screen.getByTestId(tid.endingWaived), { target: { value: "学校要求" } });
  fireEvent.click(sure);
  await waitFor(() => expect(args(bridge, "round_erase")).toEqual([{ round: 1, name, waived: "学校要求" }]));
});

it("says that the archive lacks finished photos, and asks why it is deleted over it", async () => {
  const bridge = fakeBridge(3);
  const lacks = "归档包里缺 30 张照片的成品（已通过的或交付过的）";
  bridge.ending.days_left = -1;
  bridge.ending.keep_until = "2026-11-28";
  bridge.ending.kept_why = "";
  bridge.ending.closed = "张老师";
  const archive = { made: "张老师", file: "归档.zip", sha256: "ab", bytes: 5, entries: 14 };
  const parts = { encrypted: true, id_numbers: false, renditions: false, originals: false };
  bridge.ending.archive = { ...archive, ...parts, lacks };
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
  expect((await screen.findByTestId(tid.endingArchived)).textContent).toContain(lacks);
  fireEvent.click(screen.getByTestId(tid.endingErase));
  const waived = await screen.findByTestId<HTMLInputElement>(tid.endingWaived);
  expect(waived.labels?.[0]?.textContent).toContain(lacks);
  const sure = screen.getByTestId(tid.endingEraseSure) as HTMLButtonElement;
  const { name } = firstEnding();
  fireEvent.change(screen.getByTestId(tid.endingTyped), { target: { value: name } });
  expect(sure.disabled).toBe(true);
  fireEvent.change(waived, { target: { value: "学校要求" } });
  fireEvent.click(sure);
  await waitFor(() => expect(args(bridge, "round_erase")).toEqual([{ round: 1, name, waived: "学校要求" }]));
});

it("asks before a day that has passed is kept as the last one", async () => {
  const bridge = fakeBridge(3);
  bridge.ending.keep_until = "2020-01-31";
  bridge.ending.days_left = -10;
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
  const day = await screen.findByTestId<HTMLInputElement>(tid.endingDay);
  fireEvent.mouseDown(day);
  fireEvent.change(day, { target: { value: "2020-02-28" } });
  fireEvent.keyDown(day, { key: "Enter", keyCode: 13 });
  fireEvent.click(screen.getByTestId(tid.endingKeep));
  await screen.findByText(zh.ending.keepPastAsk("2020-02-28"));
  expect(args(bridge, "retention_set")).toHaveLength(0);
  fireEvent.click(screen.getByTestId(tid.endingKeepPast));
  await waitFor(() => expect(args(bridge, "retention_set")).toHaveLength(1));
});

it("scrolls the list of the deletion apart from what is typed and pressed, and shows the result from its top", async () => {
  const seen: string[] = [];
  Element.prototype.scrollIntoView = function (this: Element) {
    seen.push(this.getAttribute("data-testid") ?? "");
  };
  const bridge = fakeBridge(3);
  bridge.handlers.job_show = () => jobOf({ job: 72, kind: "erase", finished: true });
  await open(bridge);
  await close();
  fireEvent.click(screen.getByTestId(tid.endingErase));
  const sure = await screen.findByTestId(tid.endingEraseSure);
  const list = screen.getByRole("region", { name: zh.ending.eraseTitle });
  expect(list.tabIndex).toBe(0);
  for (const { path } of firstEnding().outside) expect(list.textContent).toContain(path);
  const { name } = firstEnding();
  for (const [id, value] of [
    [tid.endingWaived, "试用批次"],
    [tid.endingTyped, name],
  ] as const) {
    expect(list.contains(screen.getByTestId(id))).toBe(false);
    fireEvent.change(screen.getByTestId(id), { target: { value } });
  }
  expect(list.contains(sure)).toBe(false);
  expect(seen).not.toContain(tid.endingErased);
  fireEvent.click(sure);
  await waitFor(() => expect(args(bridge, "round_erase")).toHaveLength(1));
  await screen.findByTestId(tid.endingErased);
  expect(seen).toContain(tid.endingErased);
  Reflect.deleteProperty(Element.prototype, "scrollIntoView");
});
