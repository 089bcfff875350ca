/** The other screens over the station in memory. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App, placeOfDrop } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";

const NO_PILES = {
  ambiguous: [],
  not_on_roster: [],
  unknown: [],
  shared: [],
  excluded: [],
  dismissed: [],
  proposals: [],
};

it("takes a dropped table to the roster and everything else to the photos", () => {
  for (const ending of "XLSX xlsm xls xlsb et ods csv TSV txt htm html xml dbf".split(" ")) {
    expect(placeOfDrop(1, [`D:\\名单.${ending}`]).screen).toBe("roster");
  }
  for (const path of ["D:\\照片", "D:\\照片.zip", "D:\\1.jpg", "D:\\名单.xlsx\\"]) {
    expect(placeOfDrop(1, [path]).screen).toBe("photos");
  }
  expect(placeOfDrop(1, ["a.xlsx", "b.xlsx"]).screen).toBe("photos");
});

it("opens the example round in one click on the first start", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  let started = false;
  bridge.handlers.app_status = async () => {
    if (!status) throw failure("none");
    const full = await status({});
    return started ? full : { ...full, rounds: [] };
  };
  bridge.handlers.job_show = () => {
    started = true;
    return jobOf({ job: 4, kind: "example", finished: true, outcome: { kind: "example", round: 1 } });
  };
  render(<App bridge={bridge} />);
  fireEvent.click(await screen.findByTestId(tid.roundExample));
  await screen.findByTestId(tid.desk);
});

it("counts the photos whose student is in question by themselves, and leads to where they are confirmed", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async () => {
    if (!status) throw failure("none");
    const full = await status({});
    return { ...full, rounds: full.rounds.map((one) => ({ ...one, questioned: 2 })) };
  };
  render(<App bridge={bridge} />);
  const told = await screen.findByTestId(tid.roundCount("questioned"));
  expect(told.textContent).toBe("2");
  fireEvent.click(screen.getByTestId(tid.roundQuestioned(1)));
  await screen.findByTestId(tid.screen("photos"));
});

it("previews a roster and imports exactly what was previewed", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  await screen.findByTestId(tid.rosterPreview);
  expect(screen.getByTestId(tid.rosterCount("added")).textContent).toBe("1,180");
  expect(screen.getByTestId(tid.rosterRemedies).textContent).toContain("14 处：号码被存成数字");
  expect(screen.getByTestId(tid.rosterRemedies).textContent).toContain("D17 D18 等");
  fireEvent.click(screen.getByTestId(tid.rosterSaveRefused));
  expect((await screen.findByTestId(tid.rosterRefusedSaid)).textContent).toContain("名单未导入的行.xlsx");
  expect(screen.getByTestId(tid.rosterRefused).textContent).toContain("D17");
  expect(screen.getByTestId(tid.rosterRefused).textContent).toContain("把该列设为文本后重新填写证件号码");
  fireEvent.click(screen.getByTestId(tid.rosterAccept));
  fireEvent.click(screen.getByTestId(tid.rosterCommit));
  await screen.findByTestId(tid.rosterDone);
  expect(bridge.calls.find((call) => call.name === "roster_commit")?.args).toEqual({
    round: 1,
    path: "D:\\名单\\2020级非全日制.xlsx",
    pasted: "",
    digest: "d".repeat(64),
    accept_updates: true,
    without: [],
    without_fields: [],
    take_off: [],
  });
});

it("drops a preview when it is cancelled, and imports nothing", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  await screen.findByTestId(tid.rosterPreview);
  fireEvent.click(screen.getByTestId(tid.rosterCancel));
  expect(screen.queryByTestId(tid.rosterPreview)).toBeNull();
  expect(screen.getByTestId(tid.rosterPick).textContent).toContain(zh.roster.choose);
  screen.getByTestId(tid.rosterPaste);
  expect(bridge.calls.some((call) => call.name === "roster_commit")).toBe(false);
});

it("previews a table pasted from a spreadsheet and imports that", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  await screen.findByTestId(tid.rosterPaste);
  const paste = (text: string) => fireEvent.paste(document.body, { clipboardData: { getData: () => text } });
  paste("一句话不是名单");
  expect(bridge.calls.some((call) => call.name === "roster_preview")).toBe(false);
  const table = "学号\t姓名\n2021001\t张三\n";
  paste(table);
  await screen.findByTestId(tid.rosterPreview);
  fireEvent.click(screen.getByTestId(tid.rosterCommit));
  await screen.findByTestId(tid.rosterDone);
  const args = bridge.calls.find((call) => call.name === "roster_commit")?.args;
  expect(args).toMatchObject({ path: "", pasted: table });
});

it("shows a failed preview where it happened, with the detail folded", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.roster_preview = () => {
    throw failure("名单.xlsx 有密码，请另存为无密码的工作簿", "roster");
  };
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  const note = await screen.findByTestId(tid.failure);
  expect(note.textContent).toContain("有密码");
  expect(note.querySelector("details")?.open).toBe(false);
});

it("shows an import's progress, cancels it, and reports what was done", async () => {
  const bridge = fakeBridge(3);
  let cancelled = false;
  bridge.handlers.job_cancel = () => {
    cancelled = true;
    return jobOf({ cancelling: true });
  };
  const report = {
    files: 300,
    matched: 120,
    resubmitted: 0,
    already_there: 0,
    unchanged: 0,
    not_returned: 0,
    ambiguous: 1,
    not_on_roster: 2,
    unknown: 0,
    excluded: 0,
    outside_window: "",
    over_limit: 0,
    beside_number: 1200,
    beside: [
      { file: "张三 31904567.jpg", whose: "2022001 张三", problem: "按姓名找到的学生", remedy: "核对" },
    ],
    shared: 0,
    together: 2,
    indexes: 1,
    refused: 1,
    ignored: 2,
    cancelled: true,
    lines: [{ file: "a/坏.jpg", whose: "", problem: "文件不完整", remedy: "请学生重新提交" }],
    lines_left: 499,
  };
  bridge.handlers.job_show = () =>
    cancelled
      ? jobOf({ finished: true, outcome: { kind: "intake", report } })
      : jobOf({ done: 100, total: 300, seconds: 10 });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.photosFolder));
  await waitFor(() => expect(screen.getByTestId(tid.jobCounts).textContent).toBe("100 / 300"));
  expect(screen.getByTestId(tid.job).textContent).toContain("10 张/秒");
  expect(screen.getByTestId(tid.job).textContent).toContain("约剩 20 秒");
  fireEvent.click(screen.getByTestId(tid.jobCancel));
  await screen.findByTestId(tid.intakeReport);
  expect(screen.getByTestId(tid.intakeCount("matched")).textContent).toBe("120");
  expect(screen.getByTestId(tid.intakeLines).textContent).toContain("文件不完整");
  expect(screen.getByTestId(tid.intakeLines).textContent).toContain("（500）");
  // Said beforehand and of the result in the same words: an index outweighs no file name.
  const rules = "文件名看不出是谁的以索引表为准，两边不一致的请人核对。";
  expect(zh.photos.how).toContain(rules);
  expect(screen.getByTestId(tid.intakeReport).textContent).toContain(`对照表）：${rules}`);
  const beside = screen.getByTestId(tid.intakeBeside);
  expect(beside.querySelector("summary")?.textContent).toContain("1,200 张按姓名找到");
  expect(beside.textContent).toContain("2022001 张三");
  expect(beside.textContent).toContain("只列出前 1 张");
  // Putting the strip away takes the result along here, and nothing elsewhere.
  expect(within(screen.getByTestId(tid.job)).getByRole("button").textContent).toBe(zh.job.closeResult);
  fireEvent.click(screen.getByTestId(tid.nav("students")));
  await screen.findByTestId(tid.screen("students"));
  expect(within(screen.getByTestId(tid.job)).getByRole("button").textContent).toBe(zh.job.close);
});

it("takes a set for the studio's where something was delivered and it is said, once", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  let delivered = 0;
  bridge.handlers.app_status = async () => {
    if (!status) throw failure("none");
    const full = await status({});
    return { ...full, rounds: full.rounds.map((card) => ({ ...card, delivered })) };
  };
  bridge.handlers.job_show = () => jobOf({ finished: true });
  const first = render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await screen.findByTestId(tid.photosFolder);
  expect(screen.queryByTestId(tid.photosReturned)).toBeNull();
  first.unmount();

  delivered = 5;
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.photosReturned));
  const asked = () => bridge.calls.filter((call) => call.name === "photos_import").map((call) => call.args);
  fireEvent.click(screen.getByTestId(tid.photosFolder));
  await waitFor(() => expect(asked()).toMatchObject([{ round: 1, kind: "returned", delivery: null }]));
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>(tid.photosReturned).checked).toBe(false));
});

it("files pictures of codes where that is said of them, tells what came of it, and lists them beside the students", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async () => {
    if (!status) throw failure("none");
    const full = await status({});
    return { ...full, rounds: full.rounds.map((card) => ({ ...card, codes: 2 })) };
  };
  const line = {
    file: "IMG_1.png",
    whose: "",
    problem: "文件名里看不出是哪名学生，未存放",
    remedy: "把文件名改成学号",
  };
  const counts = { files: 3, filed: 1, replaced: 0, already_there: 0, unmatched: 1, refused: 0 };
  const report = { ...counts, unreadable: 0, shared: 1, cancelled: false, lines: [line], lines_left: 99_499 };
  bridge.handlers.job_show = () => jobOf({ finished: true, outcome: { kind: "codes", report } });
  const first = render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.photosCodes));
  fireEvent.click(screen.getByTestId(tid.photosFolder));
  await screen.findByTestId(tid.filingReport("codes"));
  const asked = bridge.calls.filter((call) => call.name === "photos_import").map((call) => call.args);
  expect(asked).toMatchObject([{ round: 1, kind: "codes" }]);
  expect(screen.getByTestId(tid.intakeCount("shared")).textContent).toContain("1");
  expect(screen.getByTestId(tid.intakeLines).textContent).toContain("IMG_1.png");
  const lines = screen.getByTestId(tid.intakeLines);
  expect(lines.textContent).toContain("（99,500）");
  // The last of them is asked for.
  bridge.handlers.job_lines = ({ offset, limit }) => ({
    total: 99_500,
    rows: Array.from({ length: limit }, (_, at) => ({ ...line, file: `IMG_${offset + at + 1}.png` })),
  });
  fireEvent.click(within(lines).getByTitle("4975"));
  await within(lines).findByText("IMG_99500.png");
  expect(lines.textContent).not.toContain("IMG_1.png");
  const pages = bridge.calls.filter((call) => call.name === "job_lines").map((call) => call.args);
  expect(pages.at(-1)).toEqual({ job: expect.any(Number), offset: 99_480, limit: 20 });
  expect(screen.getByTestId<HTMLInputElement>(tid.photosCodes).checked).toBe(false);
  first.unmount();

  const page = bridge.handlers.student_list;
  bridge.handlers.student_list = async (query) => {
    if (!page) throw failure("none");
    const { total, students } = await page(query);
    const state = { code: "same", code_same_as: "2021310002 李四" };
    return { total, students: students.map((row, at) => (at === 0 ? { ...row, ...state } : row)) };
  };
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByText(zh.students.codeSameAs("2021310002 李四"));
  expect(screen.getByTestId(tid.studentsCode)).toBeTruthy();
});

it("files reference photos where that is said of them, tells what came of it, and lists who has none", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async () => {
    if (!status) throw failure("none");
    const full = await status({});
    return { ...full, rounds: full.rounds.map((card) => ({ ...card, references: 1 })) };
  };
  const line = {
    file: "1.jpg",
    whose: "2022001 李一",
    problem: "已存放，但没有找到人脸：对比时不能按双眼对齐",
    remedy: "核对",
  };
  const counts = { files: 2, filed: 2, replaced: 0, already_there: 0, unmatched: 0, refused: 0 };
  const report = { ...counts, unreadable: 1, shared: 0, cancelled: false, lines: [line], lines_left: 0 };
  bridge.handlers.job_show = () => jobOf({ finished: true, outcome: { kind: "references", report } });
  const first = render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  // One set is of one kind.
  fireEvent.click(await screen.findByTestId(tid.photosCodes));
  fireEvent.click(screen.getByTestId(tid.photosReferences));
  expect(screen.getByTestId<HTMLInputElement>(tid.photosCodes).checked).toBe(false);
  fireEvent.click(screen.getByTestId(tid.photosFolder));
  const shown = await screen.findByTestId(tid.filingReport("references"));
  expect(shown.textContent).toContain(zh.photos.filed.references.title);
  const asked = bridge.calls.filter((call) => call.name === "photos_import").map((call) => call.args);
  expect(asked).toMatchObject([{ round: 1, kind: "references" }]);
  expect(shown.textContent).toContain(zh.photos.filed.references.unreadable);
  expect(screen.getByTestId(tid.intakeCount("unreadable")).textContent).toBe("1");
  expect(screen.getByTestId<HTMLInputElement>(tid.photosReferences).checked).toBe(false);
  first.unmount();

  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByTestId(tid.studentsReference);
  expect(screen.queryByTestId(tid.studentsCode)).toBeNull();
  fireEvent.mouseDown(within(screen.getByTestId(tid.studentsReference)).getByRole("combobox"));
  fireEvent.click(await screen.findByText(zh.students.referenceStates["reference:no"] ?? ""));
  const listed = () => bridge.calls.filter((call) => call.name === "student_list").map((call) => call.args);
  await waitFor(() => expect(listed()).toContainEqual(expect.objectContaining({ state: "reference:no" })));
});

it("imports files dropped on the window once", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.job_show = () => jobOf({ done: 1, total: 2, seconds: 1 });
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByTestId(tid.screen("students"));
  bridge.drop(["D:\\照片"]);
  await screen.findByTestId(tid.job);
  const imports = bridge.calls.filter((call) => call.name === "photos_import");
  expect(imports.map((call) => call.args)).toEqual([
    { round: 1, paths: ["D:\\照片"], kind: "photos", delivery: null },
  ]);
});

it("watches a chosen folder and stops at the switch", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.watchFolder));
  fireEvent.click(await screen.findByTestId(tid.watchSwitch));
  await waitFor(() => expect(screen.getByTestId(tid.watchSwitch).getAttribute("aria-checked")).toBe("false"));
  const sets = bridge.calls.filter((call) => call.name === "watch_set").map((call) => call.args);
  expect(sets).toEqual([
    expect.objectContaining({ round: 1, on: true }),
    expect.objectContaining({ round: 1, on: false }),
  ]);
});

it("says whose an unclaimed photo is by type-ahead", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.pile_assign = () => NO_PILES;
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.change(await screen.findByTestId(tid.pileSearch(901)), { target: { value: "李明轩" } });
  fireEvent.click(await screen.findByTestId(tid.pileHit(901, 1001)));
  await screen.findByText(zh.photos.allDone);
  expect(bridge.calls.find((call) => call.name === "pile_assign")?.args).toEqual({
    submission: 901,
    student: 1001,
  });
});

it("asks for the name of who acts before a photo is given to a student", async () => {
  const bridge = fakeBridge(3);
  bridge.reviewer = "";
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.change(await screen.findByTestId(tid.pileSearch(901)), { target: { value: "李明轩" } });
  fireEvent.click(await screen.findByTestId(tid.pileHit(901, 1001)));
  await screen.findByTestId(tid.reviewerInput);
  expect(bridge.calls.some((call) => call.name === "pile_assign")).toBe(false);
  expect(screen.queryByTestId(tid.failure)).toBeNull();
});

it("gives all that a proposal names at one press, and takes it back at another", async () => {
  const bridge = fakeBridge(3);
  const full = await bridge.call("pile_list", { round: 1 });
  const pair = {
    submission: 902,
    file_name: "2019001-李明轩.jpg",
    student: 1001,
    student_no: "2021001",
    name: "李明轩",
  };
  bridge.handlers.pile_list = () => ({ ...full, proposals: [{ reason: "姓名只有一人", pairs: [pair] }] });
  bridge.handlers.pile_assign_all = () => NO_PILES;
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const box = await screen.findByTestId(tid.pileProposal(0));
  expect(box.textContent).toContain("2021001");
  fireEvent.click(screen.getByTestId(tid.pileTake(0)));
  await screen.findByText(zh.photos.allDone);
  expect(bridge.calls.find((call) => call.name === "pile_assign_all")?.args).toEqual({
    round: 1,
    pairs: [{ submission: 902, student: 1001 }],
  });
  fireEvent.click(screen.getByTestId(tid.pileUndo));
  await screen.findByTestId(tid.pileProposal(0));
});

it("puts a photo aside and brings it back", async () => {
  const bridge = fakeBridge(3);
  const full = await bridge.call("pile_list", { round: 1 });
  const [aside] = full.ambiguous;
  bridge.handlers.pile_dismiss = () => ({ ...NO_PILES, dismissed: aside ? [aside] : [] });
  bridge.handlers.pile_put_back = () => full;
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.pileDismiss(901)));
  fireEvent.click(await screen.findByTestId(tid.pilePutBack(901)));
  await screen.findByTestId(tid.pileSearch(901));
});

it("exports only with a folder chosen and no problem left", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  const write = await screen.findByTestId<HTMLButtonElement>(tid.deliveryWrite);
  await waitFor(() =>
    expect(screen.getByTestId(tid.deliveryExamples).textContent).toContain("220202218001.jpg"),
  );
  expect(write.disabled).toBe(true);
  fireEvent.click(screen.getByTestId(tid.deliveryPick));
  await waitFor(() => expect(write.disabled).toBe(false));
  bridge.handlers.job_show = () => jobOf({ job: 7, kind: "delivery", done: 1, total: 2 });
  fireEvent.click(write);
  await screen.findByTestId(tid.job);
  expect(bridge.calls.find((call) => call.name === "delivery_write")?.args).toEqual({
    options: {
      round: 1,
      mode: "collection_code",
      template: "{学号}.jpg",
      shape: { split: "whole", pack: "folder", only_new: false, in_house: false },
      columns: [],
      purpose: "",
      part: { colleges: [], classes: [], levels: [] },
    },
    target: "D:\\照片",
  });
});

it("asks who exports before anything is written", async () => {
  const bridge = fakeBridge(3);
  bridge.reviewer = "";
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  const write = await screen.findByTestId<HTMLButtonElement>(tid.deliveryWrite);
  fireEvent.click(screen.getByTestId(tid.deliveryPick));
  await waitFor(() => expect(write.disabled).toBe(false));
  bridge.handlers.job_show = () => jobOf({ job: 7, kind: "delivery", done: 1, total: 2 });
  fireEvent.click(write);
  fireEvent.change(await screen.findByTestId(tid.reviewerInput), { target: { value: "李老师" } });
  expect(bridge.calls.some((call) => call.name === "delivery_write")).toBe(false);
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await waitFor(() => expect(screen.getByTestId(tid.reviewerName).textContent).toContain("李老师"));
  await screen.findByTestId(tid.job);
  expect(bridge.calls.filter((call) => call.name === "delivery_write")).toHaveLength(1);
});

it("keeps a template with names out of the collection code mode", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.deliveryMode("roster")));
  fireEvent.click(screen.getByText(zh.delivery.templates.named));
  expect(screen.getByTestId<HTMLInputElement>(tid.deliveryTemplate).value).toBe("{学号}-{姓名}.jpg");
  fireEvent.click(screen.getByTestId(tid.deliveryMode("collection_code")));
  expect(screen.getByTestId<HTMLInputElement>(tid.deliveryTemplate).value).toBe("{学号}.jpg");
});

it("fetches a long list a page at a time and only shows what is in sight", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await waitFor(() => expect(screen.getByTestId(tid.studentsTotal).textContent).toContain("20,000"));
  await screen.findByTestId(tid.studentRow("2202002180"));
  expect(document.querySelectorAll(".vtable-row").length).toBeLessThan(80);
  expect(bridge.calls.filter((call) => call.name === "student_list").map((call) => call.args)).toEqual([
    { round: 1, text: "", state: "", offset: 0, limit: 80 },
  ]);
});
