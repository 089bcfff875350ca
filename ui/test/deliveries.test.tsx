/** 导出交付 beyond the plain case: columns of the roster, profiles, writing again, and what went unseen. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import type {
  DeliveryOptions,
  DeliveryPreview,
  DeliveryWay,
  LeftOutAsk,
  TableSave,
} from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { DELIVERY_WAYS, LEFT_OUT } from "./fake/deliveryBridge";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";

const words = zh.delivery;
let bridge: FakeBridge;
beforeEach(() => {
  bridge = fakeBridge(3);
});
afterEach(cleanup);

const open = () => render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
const asked = () => {
  const calls = bridge.calls.filter((call) => call.name === "delivery_preview");
  return calls.map(({ args }) => args as DeliveryOptions).at(-1);
};
const argsOf = (name: string) => bridge.calls.filter((call) => call.name === name).at(-1)?.args;

it("lets every column of the roster be chosen by itself, and none by code", async () => {
  open();
  await waitFor(() => expect(asked()?.columns).toEqual([]));
  expect(screen.queryByTestId(tid.deliveryColumns)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.deliveryMode("roster")));
  await waitFor(() => expect(asked()?.columns).toEqual(["姓名"]));
  fireEvent.click(screen.getByTestId(tid.deliveryColumn("学院")));
  fireEvent.click(screen.getByTestId(tid.deliveryColumn("姓名")));
  await waitFor(() => expect(asked()?.columns).toEqual(["学院"]));
  const numbers = () => screen.getByTestId<HTMLInputElement>(tid.deliveryColumn(words.idNumber));
  expect(numbers().disabled).toBe(true);
  fireEvent.click(screen.getByTestId(tid.deliveryPack("encrypted")));
  await waitFor(() => expect(numbers().disabled).toBe(false));
  fireEvent.click(numbers());
  await waitFor(() => expect(asked()?.columns).toEqual([words.idNumber, "学院"]));
});

it("fills in what a profile says, and keeps what stands there as a new one", async () => {
  const own: DeliveryWay = {
    name: "交电教馆",
    purpose: "电教馆存档",
    mode: "roster",
    template: "{序号}.jpg",
    shape: { split: "class", pack: "zip", only_new: true, in_house: false },
    columns: ["班级"],
    shipped: false,
  };
  bridge.handlers.delivery_ways = () => [...DELIVERY_WAYS, own];
  open();
  fireEvent.mouseDown(await screen.findByLabelText(words.ways));
  fireEvent.click(await screen.findByText(own.name));
  const { name, shipped, ...rest } = own;
  await waitFor(() => expect(asked()).toMatchObject({ round: 1, ...rest }));
  fireEvent.change(screen.getByTestId(tid.deliveryPurpose), { target: { value: "另一用途" } });
  fireEvent.click(screen.getByTestId(tid.deliveryWayNew));
  expect(document.activeElement).toBe(screen.getByTestId(tid.deliveryWayName));
  fireEvent.change(screen.getByTestId(tid.deliveryWayName), { target: { value: "第二" } });
  fireEvent.click(screen.getByTestId(tid.deliveryWaySave));
  const way = { ...own, name: "第二", purpose: "另一用途" };
  await waitFor(() => expect(argsOf("delivery_way_save")).toEqual({ was: "", way }));
});

it("holds the export back while what is written can be no file name", async () => {
  bridge.pick = async () => ["D:\\交付"];
  const plain = bridge.handlers.delivery_preview;
  bridge.handlers.delivery_preview = (options) => {
    if (options.template.includes("证件号码")) throw failure("文件名不能带证件号码", "file");
    return plain?.(options) as DeliveryPreview;
  };
  open();
  fireEvent.click(await screen.findByTestId(tid.deliveryPick));
  const off = () => screen.getByTestId<HTMLButtonElement>(tid.deliveryWrite).disabled;
  await waitFor(() => expect(off()).toBe(false));
  fireEvent.change(screen.getByTestId(tid.deliveryTemplate), { target: { value: "{证件号码}.jpg" } });
  await waitFor(() => expect(off()).toBe(true));
  expect(screen.getByTestId(tid.deliveryExamples).textContent).toBe("");
  const box = screen.getByTestId(tid.deliveryTemplate);
  expect(box.getAttribute("aria-invalid")).toBe("true");
  expect(box.closest(".template")?.textContent).toContain("文件名不能带证件号码");
  expect(screen.getAllByTestId(tid.failure)).toHaveLength(1);
  expect(screen.getByTestId(tid.deliveryReady).closest("section")?.className).toContain("stale");
  fireEvent.change(screen.getByTestId(tid.deliveryTemplate), { target: { value: "{学号}.jpg" } });
  await waitFor(() => expect(off()).toBe(false));
  expect(screen.getByTestId(tid.deliveryExamples).textContent).not.toBe("");
});

it("keeps a list with names in the office unless somebody says otherwise, and names the profile of the mode", async () => {
  open();
  await screen.findByTestId(tid.deliveryReady);
  const profile = () => screen.getByTestId(tid.deliveryWay).textContent;
  const purpose = () => screen.getByTestId<HTMLInputElement>(tid.deliveryPurpose).placeholder;
  expect(profile()).toContain("采集码模式");
  fireEvent.click(screen.getByTestId(tid.deliveryMode("roster")));
  await waitFor(() => expect(asked()).toMatchObject({ mode: "roster", shape: { in_house: true } }));
  expect(profile()).toContain("名单模式（2021）");
  expect(purpose()).toBe(DELIVERY_WAYS[1]?.purpose);
  fireEvent.click(screen.getByTestId(tid.deliveryInHouse));
  await waitFor(() => expect(asked()).toMatchObject({ mode: "roster", shape: { in_house: false } }));
  fireEvent.click(screen.getByTestId(tid.deliveryMode("collection_code")));
  await waitFor(() => expect(asked()).toMatchObject({ mode: "collection_code", shape: { in_house: false } }));
  expect(profile()).not.toContain("2021");
  expect(purpose()).toBe(DELIVERY_WAYS[0]?.purpose);
});

it("renames and removes only what is the office's own", async () => {
  const own: DeliveryWay = { ...(DELIVERY_WAYS[0] as DeliveryWay), name: "自己的", shipped: false };
  bridge.handlers.delivery_ways = () => [...DELIVERY_WAYS, own];
  open();
  await screen.findByTestId(tid.deliveryWayNew);
  expect(screen.queryByTestId(tid.deliveryWayRemove)).toBeNull();
  fireEvent.mouseDown(screen.getByLabelText(words.ways));
  fireEvent.click(await screen.findByText(own.name));
  fireEvent.click(await screen.findByTestId(tid.deliveryWayRename));
  fireEvent.change(screen.getByTestId(tid.deliveryWayName), { target: { value: "新名" } });
  fireEvent.click(screen.getByTestId(tid.deliveryWaySave));
  await waitFor(() =>
    expect(argsOf("delivery_way_save")).toMatchObject({ was: "自己的", way: { name: "新名" } }),
  );
});

it("writes an earlier delivery again where it is told to, and says that it is the same", async () => {
  bridge.pick = async () => ["E:\\备份"];
  bridge.handlers.job_show = () =>
    jobOf({
      job: 9,
      kind: "delivery",
      stage: "",
      done: 640,
      total: 640,
      seconds: 1,
      finished: true,
      outcome: {
        kind: "repeated",
        report: {
          number: 1,
          folder: "E:\\备份\\交付第1次-再次写出-2026-11-29",
          files: 640,
          bit_for_bit: true,
          manifest_sha256: "ab".repeat(32),
          passphrase: null,
        },
      },
    });
  open();
  const again = await screen.findByTestId(tid.deliveryRepeat(1));
  const files = [...(again.closest("tr")?.children ?? [])].find((cell) => cell.textContent === "640");
  expect(files instanceof HTMLElement && files.style.textAlign).toBe("right");
  fireEvent.click(again);
  fireEvent.click(await screen.findByTestId(tid.deliveryRepeatPick));
  const write = await screen.findByTestId<HTMLButtonElement>(tid.deliveryRepeatWrite);
  await waitFor(() => expect(write.disabled).toBe(false));
  expect(bridge.calls.some((call) => call.name === "delivery_repeat")).toBe(false);
  fireEvent.click(write);
  await waitFor(() => expect(argsOf("delivery_repeat")).toEqual({ round: 1, number: 1, target: "E:\\备份" }));
  const told = await screen.findByTestId(tid.deliveryRepeated);
  within(told).getByText(words.sameBytes);
  within(told).getByText("ab".repeat(32));
  fireEvent.click(within(told).getByTestId(tid.deliveryRepeatedOpen));
  expect(bridge.opened).toEqual([[9, null]]);
});

it("names the photos that went unseen, with the way to each", async () => {
  const plain = bridge.handlers.delivery_preview;
  bridge.handlers.delivery_preview = async (options) => {
    const preview = (await plain?.(options)) as DeliveryPreview;
    const row = {
      student_no: "220202218001",
      name: "赵一",
      college: "文学院",
      why: "由抽样方案 3 批量通过",
      submission: 2,
    };
    return { ...preview, unsampled: [row] };
  };
  open();
  const table = await screen.findByTestId(tid.deliveryUnsampled);
  within(table).getByText("由抽样方案 3 批量通过");
  fireEvent.click(within(table).getByText(words.look));
  await screen.findByTestId(tid.screen("desk"));
});

it("tells what was passed over hints apart from what fails, with the way to each photo", async () => {
  const plain = bridge.handlers.delivery_preview;
  bridge.handlers.delivery_preview = async (options) => {
    const preview = (await plain?.(options)) as DeliveryPreview;
    const row = (student_no: string, why: string, submission: number) => ({
      student_no,
      name: "赵一",
      college: "文学院",
      why,
      submission,
    });
    return {
      ...preview,
      unmet: [row("1", "检测不合格：背景", 2)],
      hinted: [row("2", "检测提示：清晰度", 3)],
    };
  };
  open();
  const hinted = await screen.findByTestId(tid.deliveryHinted);
  screen.getByText(words.hinted("1"));
  expect(screen.getByTestId(tid.deliveryUnmet).textContent).not.toContain("清晰度");
  within(hinted).getByText("检测提示：清晰度");
  expect(hinted.closest("details")?.open).toBe(false);
  expect(screen.getByTestId(tid.deliveryUnmet).closest("details")).toBeNull();
  fireEvent.click(within(hinted).getByText(words.look));
  await screen.findByTestId(tid.screen("desk"));
});

it("holds the export back while photos cannot be named, and offers what mends that before the warnings", async () => {
  bridge.pick = async () => ["D:\\交付"];
  const plain = bridge.handlers.delivery_preview;
  bridge.handlers.delivery_preview = async (options) => {
    const preview = (await plain?.(options)) as DeliveryPreview;
    const row = { student_no: "220202218001", name: "赵一", college: "文学院", why: "重名", submission: 2 };
    const blocked = options.template === "{姓名}.jpg" ? [row] : [];
    return { ...preview, ready: 1, unmet: [row], blocked, examples: blocked.length > 0 ? [""] : ["1.jpg"] };
  };
  open();
  fireEvent.click(await screen.findByTestId(tid.deliveryPick));
  const off = () => screen.getByTestId<HTMLButtonElement>(tid.deliveryWrite).disabled;
  await waitFor(() => expect(off()).toBe(false));
  const ready = () => screen.getByTestId(tid.deliveryReady);
  expect(ready().className).toBe("text-pass");
  fireEvent.change(screen.getByTestId(tid.deliveryTemplate), { target: { value: "{姓名}.jpg" } });
  const table = await screen.findByTestId(tid.deliveryBlocked);
  expect(off()).toBe(true);
  screen.getByText(words.blocked("1"));
  expect(ready().textContent).toBe(`${words.ready("0")}${words.unnamed("1")}`);
  expect(ready().className).toBe("text-fail");
  expect(screen.getByTestId(tid.deliveryExamples).textContent).toBe("");
  expect(screen.getByTestId(tid.deliveryMissing).textContent).toBe(words.missing.problems);
  expect(within(table).queryByText(words.look)).toBeNull();
  const warned = screen.getByTestId(tid.deliveryUnmet);
  expect(table.compareDocumentPosition(warned) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  fireEvent.click(screen.getByTestId(tid.deliveryOtherTemplate));
  await waitFor(() => expect(off()).toBe(false));
  expect(asked()?.template).toBe(words.templates.student);
  fireEvent.change(screen.getByTestId(tid.deliveryTemplate), { target: { value: "{姓名}.jpg" } });
  fireEvent.click(await screen.findByTestId(tid.deliveryToRoster));
  await screen.findByTestId(tid.screen("roster"));
});

it("lists reasons that name somebody, the codes to look at and who was delivered before, each with its way", async () => {
  bridge.pick = async () => ["D:\\交付"];
  const plain = bridge.handlers.delivery_preview;
  const row = {
    student_no: "220202218001",
    name: "赵一",
    college: "文学院",
    why: "退回原因里有姓名",
    submission: 2,
  };
  let telling = [row];
  bridge.handlers.delivery_preview = async (options) => {
    const preview = (await plain?.(options)) as DeliveryPreview;
    const codes_in_doubt = [{ ...row, why: "采集码识读不出，仍原样交付" }];
    return { ...preview, telling, codes_in_doubt, delivered_before: 1 };
  };
  open();
  fireEvent.click(await screen.findByTestId(tid.deliveryPick));
  const missing = () => screen.queryByTestId(tid.deliveryMissing)?.textContent ?? "";
  await waitFor(() => expect(missing()).toBe(words.missing.problems));
  within(screen.getByTestId(tid.deliveryCodes)).getByText("采集码识读不出，仍原样交付");
  screen.getByText(words.before("1"));
  screen.getByText(words.beforeTitle("1"));
  telling = [];
  fireEvent.change(screen.getByTestId(tid.deliveryPurpose), { target: { value: "补交" } });
  await waitFor(() => expect(missing()).toBe(""));
});

it("fetches those left out as they come into sight, and all of them for the workbook", async () => {
  const saved: string[][][] = [];
  const rounds: unknown[] = [];
  bridge.handlers.table_save = ({ rows, round }: TableSave) => {
    saved.push(rows);
    rounds.push(round);
    return { path: "未交付.xlsx" };
  };
  Object.assign(bridge, { picks: true, pick: () => Promise.resolve(["/交"]) });
  open();
  const table = await screen.findByTestId(tid.deliveryNotReady);
  await waitFor(() => expect(table.querySelectorAll("[data-row]").length).toBeGreaterThan(0));
  expect(table.querySelectorAll("[data-row]").length).toBeLessThan(100);
  expect(table.querySelector("[role=table]")?.getAttribute("aria-rowcount")).toBe(String(LEFT_OUT + 1));
  screen.getByText(words.notDelivered("1,200"));
  const asks = () => bridge.calls.filter((call) => call.name === "delivery_left_out").map(({ args }) => args);
  const { options, which, limit } = asks()[0] as LeftOutAsk;
  expect([which, options]).toEqual(["not_ready", asked()]);
  expect(limit).toBeLessThan(100);
  fireEvent.click(screen.getByTestId(tid.tableSave(tid.deliveryNotReady)));
  await waitFor(() => expect(saved[0]).toHaveLength(LEFT_OUT));
  // The station lists it among what a deletion of the round does not reach.
  expect(rounds).toEqual([1]);
  expect(saved[0]?.[1]?.at(-1)).toBe("未交照片");
  expect(
    bridge.calls.some(
      (call) => call.name === "delivery_left_out" && (call.args as LeftOutAsk).which === "before",
    ),
  ).toBe(false);
});

it("says without alarm that nothing is new", async () => {
  bridge.pick = async () => ["D:\\交付"];
  const plain = bridge.handlers.delivery_preview;
  let ready = 0;
  bridge.handlers.delivery_preview = async (options) => {
    const preview = (await plain?.(options)) as DeliveryPreview;
    return { ...preview, ready, notices: ["没有新增的照片"] };
  };
  open();
  fireEvent.click(await screen.findByTestId(tid.deliveryPick));
  const notice = await screen.findByTestId(tid.deliveryNotices);
  expect(notice.className).toContain("info");
  expect(screen.queryByTestId(tid.deliveryProblems)).toBeNull();
  const write = () => screen.getByTestId<HTMLButtonElement>(tid.deliveryWrite);
  expect(write().disabled).toBe(true);

  // What went for another and goes again is told of, too, and held back by nothing.
  ready = 2;
  fireEvent.click(screen.getByTestId(tid.deliveryOnlyNew));
  await waitFor(() => expect(write().disabled).toBe(false));
});

it("says what is missing before anything can be written", async () => {
  bridge.pick = async () => ["D:\\交付"];
  open();
  expect((await screen.findByTestId(tid.deliveryMissing)).textContent).toBe(words.missing.target);
  fireEvent.click(screen.getByTestId(tid.deliveryPick));
  await waitFor(() => expect(screen.queryByTestId(tid.deliveryMissing)).toBeNull());
});

it("keeps what was chosen for the round while another screen is open", async () => {
  const own: DeliveryWay = {
    ...(DELIVERY_WAYS[1] as DeliveryWay),
    name: "交电教馆",
    template: "{序号}.jpg",
    shipped: false,
  };
  bridge.handlers.delivery_ways = () => [...DELIVERY_WAYS, own];
  open();
  fireEvent.mouseDown(await screen.findByLabelText(words.ways));
  fireEvent.click(await screen.findByText(own.name));
  fireEvent.click(screen.getByTestId(tid.deliveryColumn("学院")));
  fireEvent.click(screen.getByTestId(tid.deliveryOnlyNew));
  fireEvent.change(screen.getByTestId(tid.deliveryPurpose), { target: { value: "存档" } });
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  const before = bridge.calls.length;
  fireEvent.click(screen.getByTestId(tid.nav("delivery")));
  await waitFor(() =>
    expect(bridge.calls.slice(before).find((call) => call.name === "delivery_preview")?.args).toMatchObject({
      mode: "roster",
      template: "{序号}.jpg",
      columns: ["姓名", "学院"],
      purpose: "存档",
      shape: { only_new: true },
    }),
  );
  await waitFor(() => expect(screen.getByTestId(tid.deliveryWay).textContent).toContain(own.name));
});

it("tells what was broken off until somebody says that it was seen to", async () => {
  const text = "第2次交付写到 D:\\交付 时中断，没有记入";
  bridge.unfinished = [
    { id: 4, text, started: "2026-11-30 10:00:00", reviewer: "张老师", folder: "D:\\交付" },
  ];
  open();
  const note = await screen.findByTestId(tid.deliveryUnfinished(4));
  expect(note.textContent).toContain(text);
  fireEvent.click(within(note).getByTestId(tid.deliveryDismiss(4)));
  await waitFor(() => expect(screen.queryByTestId(tid.deliveryUnfinished(4))).toBeNull());
  expect(argsOf("delivery_dismiss")).toEqual({ round: 1, id: 4 });
});

it("says over the screen that a folder is gone until it is put away or found again", async () => {
  let gone = true;
  bridge.openDelivery = async () => {
    if (gone) throw failure("“E:\\交付”不在了", "file");
  };
  open();
  const folder = await screen.findByTestId(tid.deliveryOpen(1));
  fireEvent.click(folder);
  expect((await screen.findByTestId(tid.notice)).textContent).toContain("不在了");
  fireEvent.click(screen.getByTestId(tid.noticeClose));
  await waitFor(() => expect(screen.queryByTestId(tid.notice)).toBeNull());
  fireEvent.click(folder);
  await screen.findByTestId(tid.notice);
  gone = false;
  fireEvent.click(folder);
  await waitFor(() => expect(screen.queryByTestId(tid.notice)).toBeNull());
});

it("says how the delivery just written was made, and what comes after it", async () => {
  bridge.handlers.delivery_list = () => [
    {
      number: 2,
      at: "2026-11-22 10:00:00",
      reviewer: "张老师",
      folder: "E:\\交付",
      files: 7,
      how: "校内留存；名单模式",
      repeatable: true,
    },
  ];
  bridge.handlers.job_list = () => [jobOf({ job: 9, kind: "delivery" })];
  bridge.handlers.job_show = () =>
    jobOf({
      job: 9,
      kind: "delivery",
      finished: true,
      outcome: {
        kind: "delivery",
        report: {
          number: 2,
          folder: "E:\\交付",
          files: 7,
          codes: 0,
          identical: 7,
          deviations: [],
          deviations_total: 0,
          not_delivered: [],
          not_delivered_total: 0,
          delivered_before: [],
          delivered_before_total: 0,
          manifest: "E:\\交付\\交付清单.xlsx",
          passphrase: null,
        },
      },
    });
  open();
  const how = await screen.findByTestId(tid.deliveryHow);
  await waitFor(() => expect(how.textContent).toContain("校内留存；名单模式"));
  fireEvent.click(screen.getByTestId(tid.deliveryToReconcile));
  await screen.findByTestId(tid.screen("reconcile"));
});
