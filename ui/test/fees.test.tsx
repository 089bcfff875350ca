/** 缴费: the fee, the lists, the ledger, and the payments that have no student. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { FeePayment, StudentHit } from "../src/bindings/wire";
import { divided, evenly, fenOf, yuanOf } from "../src/screens/fees/shares";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";
import { studentOf } from "./fake/roundData";

const open = (bridge = fakeBridge(3)) => {
  render(<App bridge={bridge} start={{ screen: "fees", round: 1 }} />);
  return bridge;
};
const args = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);

it("shows who has paid and lists one state alone", async () => {
  const bridge = open();
  expect((await screen.findByTestId("fee-paid")).textContent).toBe("1");
  fireEvent.click(screen.getByTestId(tid.feeState("over")));
  await waitFor(() =>
    expect(args(bridge, "fee_list")).toContainEqual({
      round: 1,
      text: "",
      state: "over",
      offset: 0,
      limit: 80,
    }),
  );
});

it("sets the fee only when it is another one, and holds photos back when told", async () => {
  const bridge = open();
  const save = await screen.findByTestId<HTMLButtonElement>(tid.feeSave);
  expect(save.disabled).toBe(true);
  fireEvent.change(screen.getByTestId(tid.feeAmount), { target: { value: "15" } });
  fireEvent.click(save);
  await waitFor(() => expect(screen.getByTestId(tid.feeSaid).textContent).toBe("已保存"));
  fireEvent.click(screen.getByTestId(tid.feeHold));
  await waitFor(() =>
    expect(args(bridge, "fee_set")).toEqual([
      { round: 1, fee: "15", hold: false },
      { round: 1, fee: "15", hold: true },
    ]),
  );
});

it("reads a list, says what came of it, and takes it out again", async () => {
  const bridge = open();
  bridge.pick = async () => ["/账单/第二周.csv"];
  fireEvent.click(await screen.findByTestId(tid.feePick));
  const said = await screen.findByTestId(tid.feeImported);
  expect(said.textContent).toContain(
    "新增 4 笔，其中 3 笔对上学生；1 笔以前已经导入；退款 1 笔；以前导入的又退款 2 笔",
  );
  const list = screen.getByTestId(tid.feeRemove("第二周.csv")).closest("li");
  expect(list?.textContent).toContain("第二周.csv　4 笔，80 元；退款 1 笔，20 元");
  expect(said.textContent).toContain("1 行没有计入或需要核对");
  fireEvent.click(await screen.findByTestId(tid.feeRemove("第二周.csv")));
  expect(document.body.textContent).toContain("其中有的在“账单.csv”里也有，会一起移除");
  fireEvent.click(await screen.findByTestId(tid.feeRemoveSure));
  await waitFor(() => expect(screen.queryByTestId(tid.feeRemove("第二周.csv"))).toBeNull());
  expect(document.body.textContent).toContain("请把这些表再导入一次");
  expect(args(bridge, "fee_remove")).toEqual([{ round: 1, file: "第二周.csv" }]);
});

it("reads the chosen list once somebody gave a name, and leaves it when something else was touched", async () => {
  const bridge = fakeBridge(3);
  bridge.reviewer = "";
  bridge.pick = async () => ["/账单/第二周.csv"];
  open(bridge);
  const give = (name: string) => {
    fireEvent.change(screen.getByTestId(tid.reviewerInput), { target: { value: name } });
    fireEvent.click(screen.getByTestId(tid.reviewerSave));
  };
  fireEvent.click(await screen.findByTestId(tid.feePick));
  const box = await screen.findByTestId(tid.reviewerInput);
  expect(args(bridge, "fee_import")).toEqual([]);
  fireEvent.pointerDown(box);
  give("王老师");
  await screen.findByTestId(tid.feeImported);
  expect(args(bridge, "fee_import")).toEqual([{ round: 1, path: "/账单/第二周.csv" }]);
  cleanup();

  const other = fakeBridge(3);
  other.reviewer = "";
  other.pick = async () => ["/账单/第二周.csv"];
  open(other);
  fireEvent.click(await screen.findByTestId(tid.feePick));
  await screen.findByTestId(tid.reviewerInput);
  fireEvent.pointerDown(screen.getByTestId(tid.feeAmount));
  give("王老师");
  await waitFor(() => expect(screen.getByTestId(tid.reviewerName).textContent).toContain("王老师"));
  expect(args(other, "fee_import")).toEqual([]);
});

it("gives a payment to the student that was meant, or to nobody", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  fireEvent.click(await screen.findByTestId(tid.feeDismiss(9)));
  await waitFor(() => expect(screen.queryByTestId(tid.feeDismiss(9))).toBeNull());
  fireEvent.click(screen.getByTestId(tid.feeAsk(9)));
  const box = await screen.findByTestId(tid.pileSearch(9));
  fireEvent.change(box, { target: { value: studentOf(1).student_no } });
  const hits = await waitFor(() => {
    const found = screen.getByTestId(tid.assignPanel).querySelectorAll<HTMLElement>(".assign-hit");
    expect(found.length).toBeGreaterThan(0);
    return found;
  });
  fireEvent.click(hits[0] as HTMLElement);
  expect(await screen.findByText("每笔缴费都对上了学生。")).toBeTruthy();
  expect(args(bridge, "fee_assign")).toEqual([
    { round: 1, payment: 9, student: null },
    { round: 1, payment: 9, student: expect.any(Number) },
  ]);
});

it("shows each of several payments, so that one of them can be released", async () => {
  const bridge = open();
  const row = await screen.findByTestId(tid.feeOf(studentOf(1).student_no));
  expect(row.textContent).toContain("2 笔");
  expect(row.querySelectorAll(".fee-payments > span")).toHaveLength(2);
  const one = screen.getByTestId(tid.feeOf(studentOf(0).student_no));
  expect(one.textContent).not.toContain("笔");
  expect(Number.parseInt(row.style.height, 10)).toBeGreaterThan(Number.parseInt(one.style.height, 10));
  const list = bridge.handlers.fee_list;
  bridge.handlers.fee_list = async (asked) => {
    if (!list) throw new Error("no page");
    const page = await list(asked);
    return { ...page, rows: page.rows.map((row) => ({ ...row, payments: row.payments.slice(0, 1) })) };
  };
  fireEvent.click(screen.getByTestId(tid.feeReassign(12)));
  expect(args(bridge, "fee_assign")).toEqual([]);
  expect(document.activeElement).toBe(await screen.findByTestId(tid.pileSearch(12)));
  fireEvent.click(screen.getByTestId(tid.feeRelease(12)));
  await waitFor(() => expect(args(bridge, "fee_assign")).toEqual([{ round: 1, payment: 12, student: null }]));
  const released = () => screen.getByTestId(tid.feeOf(studentOf(1).student_no));
  await waitFor(() => expect(released().style.height).toBe(one.style.height));
  expect(released().textContent).not.toContain("笔");
});

it("offers whoever may have paid, one press each", async () => {
  const bridge = fakeBridge(3);
  const hit = (student: number, name: string) => ({
    student,
    student_no: `202200${student}`,
    name,
    college: "法学院",
    photo: null,
  });
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    const view = await show(asked);
    const how = "这笔缴费里的学号是 2022004 李一 的，姓名是 2022005 李二 的，请核对后选择";
    const candidates = [hit(4, "李一"), hit(5, "李二")].map((one) => ({ hit: one, paid: "" }));
    return { ...view, unknown: view.unknown.map((one) => ({ ...one, how, candidates })) };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  fireEvent.click(await screen.findByTestId(tid.feeCandidate(9, 5)));
  await waitFor(() => expect(screen.getByTestId(tid.feeSaid).textContent).toContain("2022005 李二"));
  expect(args(bridge, "fee_assign")).toEqual([{ round: 1, payment: 9, student: 5 }]);
});

const hitOf = (student: number, name: string): StudentHit => ({
  student,
  student_no: `202200${student}`,
  name,
  college: "法学院",
  photo: null,
});

const unpaid = (student: number, name: string) => ({ hit: hitOf(student, name), paid: "" });

/** A payment of forty that names two students. */
async function openTogether(amount = "40.01", parts: [string, string] = ["20", "20"]) {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    const view = await show(asked);
    const candidates = [unpaid(4, "李一"), unpaid(5, "李二")];
    const together = [
      { student: 4, amount: parts[0] },
      { student: 5, amount: parts[1] },
    ];
    const unknown = view.unknown.map((one) => ({ ...one, amount, candidates, together }));
    return { ...view, unknown };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  return bridge;
}

it("offers the fee of each to all whom a payment names, in one press", async () => {
  const bridge = await openTogether();
  const offer = await screen.findByTestId(tid.feeTogether(9));
  expect(offer.textContent).toBe("2022004 李一、2022005 李二 合缴，每人 20 元");
  fireEvent.click(offer);
  await waitFor(() => expect(screen.getByTestId(tid.feeSaid).textContent).toContain("李二 合缴"));
  const shares = [
    { student: 4, amount: "20" },
    { student: 5, amount: "20" },
  ];
  expect(args(bridge, "fee_share")).toEqual([{ round: 1, payment: 9, shares }]);
});

it("proposes who has what of a refund of a payment that several made", async () => {
  const bridge = await openTogether("-20", ["-15", "-5"]);
  const offer = await screen.findByTestId(tid.feeTogether(9));
  expect(offer.textContent).toBe("退给 2022004 李一 15 元、2022005 李二 5 元");
  fireEvent.click(screen.getByTestId(tid.feeAsk(9)));
  expect((await screen.findByTestId(tid.assignPanel)).textContent).toContain(
    "退款 20 元　路人 谢谢　退给了谁？",
  );
  fireEvent.click(offer);
  const shares = [
    { student: 4, amount: "-15" },
    { student: 5, amount: "-5" },
  ];
  await waitFor(() => expect(args(bridge, "fee_share")).toEqual([{ round: 1, payment: 9, shares }]));
});

it("counts what was put aside apart from what somebody has to handle", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  expect(screen.queryByTestId(tid.feeAside)).toBeNull();
  fireEvent.click(await screen.findByTestId(tid.feeDismiss(9)));
  expect((await screen.findByTestId(tid.feeAside)).textContent).toContain("另有 1 笔不用处理");
  expect(screen.getByTestId(tid.feePart("unknown")).textContent).toBe("未对上的缴费 0");
  expect(screen.getByText(zh.fees.noUnknown)).toBeTruthy();
  expect(screen.getByTestId(tid.feeAsk(9))).toBeTruthy();
});

it("divides a payment among those chosen, and notes it only when all of it is given", async () => {
  const bridge = await openTogether();
  fireEvent.click(await screen.findByTestId(tid.feeAsk(9)));
  fireEvent.click(await screen.findByTestId(tid.feeShare(9)));
  const save = await screen.findByTestId<HTMLButtonElement>(tid.feeShareSave);
  const left = () => screen.getByTestId(tid.feeShareLeft).textContent;
  expect([save.disabled, left()]).toEqual([true, "请至少选两名学生"]);
  fireEvent.click(await screen.findByTestId(tid.pileHit(9, 4)));
  fireEvent.click(await screen.findByTestId(tid.pileHit(9, 5)));
  const of = (student: number) => screen.getByTestId<HTMLInputElement>(tid.feeShareAmount(student));
  expect([of(4).value, of(5).value]).toEqual(["20.01", "20"]);
  expect(screen.queryByTestId(tid.pileHit(9, 4))).toBeNull();
  for (const [typed, told] of [
    ["15", "还有 5 元没有分"],
    ["20.5", "多分了 0.50 元"],
    ["二十", "每人的份额请写成金额，例如 20 或 20.50"],
    ["", "每人的份额请写成金额，例如 20 或 20.50"],
  ] as const) {
    fireEvent.change(of(5), { target: { value: typed } });
    expect([save.disabled, left()]).toEqual([true, told]);
  }
  fireEvent.click(screen.getByTestId(tid.feeShareEvenly));
  fireEvent.change(of(4), { target: { value: "25" } });
  fireEvent.change(of(5), { target: { value: "15.01" } });
  expect([save.disabled, left()]).toEqual([false, ""]);
  fireEvent.click(save);
  expect(await screen.findByText("每笔缴费都对上了学生。")).toBeTruthy();
  const shares = [
    { student: 4, amount: "25" },
    { student: 5, amount: "15.01" },
  ];
  expect(args(bridge, "fee_share")).toEqual([{ round: 1, payment: 9, shares }]);
});

it("shows what a student has of a payment that several made together", async () => {
  const bridge = fakeBridge(3);
  const list = bridge.handlers.fee_list;
  bridge.handlers.fee_list = async (asked) => {
    if (!list) throw new Error("no page");
    const page = await list(asked);
    const shared = (one: FeePayment) => ({ ...one, amount: "40", share: "20" });
    return { ...page, rows: page.rows.map((row) => ({ ...row, payments: row.payments.map(shared) })) };
  };
  open(bridge);
  const row = await screen.findByTestId(tid.feeOf(studentOf(0).student_no));
  expect(row.textContent).toContain("20 元（合缴 40 元）");
});

it("divides without losing a 分", () => {
  for (const fen of [1, 2, 3, 100, 4000, 4001, -4001, 99_999]) {
    for (const number of [1, 2, 3, 7]) {
      const parts = evenly(fen, number);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(fen);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThan(2);
    }
    expect(fenOf(yuanOf(fen))).toBe(fen);
  }
  expect(["", "20元", "1.234", "-"].map(fenOf)).toEqual([null, null, null, null]);
});

it("keeps the parts that were typed when another student is added or taken away", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    const view = await show(asked);
    const candidates = [unpaid(4, "李一"), unpaid(5, "李二"), unpaid(6, "李三")];
    return { ...view, unknown: view.unknown.map((one) => ({ ...one, amount: "100", candidates })) };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  fireEvent.click(await screen.findByTestId(tid.feeAsk(9)));
  fireEvent.click(await screen.findByTestId(tid.feeShare(9)));
  const of = (student: number) => screen.getByTestId<HTMLInputElement>(tid.feeShareAmount(student));
  fireEvent.click(await screen.findByTestId(tid.pileHit(9, 4)));
  fireEvent.click(await screen.findByTestId(tid.pileHit(9, 5)));
  fireEvent.change(of(4), { target: { value: "60" } });
  fireEvent.click(await screen.findByTestId(tid.pileHit(9, 6)));
  expect([of(4).value, of(5).value, of(6).value]).toEqual(["60", "20", "20"]);
  fireEvent.click(screen.getByTestId(tid.feeShareDrop(6)));
  expect([of(4).value, of(5).value]).toEqual(["60", "40"]);
  fireEvent.click(screen.getByTestId(tid.feeShareEvenly));
  expect([of(4).value, of(5).value]).toEqual(["50", "50"]);
});

it("divides among those without an amount what the typed ones leave", () => {
  const cases: [number, (string | null)[], string[]][] = [
    [10_000, [null, null, null], ["33.34", "33.33", "33.33"]],
    [10_000, ["60", null, null], ["60", "20", "20"]],
    [10_000, ["120", null], ["120", "0"]],
    [10_000, ["六十", null], ["六十", "100"]],
    [-6000, ["-20", null, null], ["-20", "-20", "-20"]],
    [-6000, ["-80", null], ["-80", "0"]],
    [4000, ["10", "30"], ["10", "30"]],
  ];
  for (const [fen, typed, parts] of cases) expect(divided(fen, typed)).toEqual(parts);
});

it("shows figures that add up where somebody paid of whom no photo is collected", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    return { ...(await show(asked)), students: 36, exempt_paid: 1, unpaid: 20, short: 0, paid: 11, over: 5 };
  };
  open(bridge);
  await screen.findByTestId("fee-whole");
  const of = (name: string) => Number(screen.getByTestId(`fee-${name}`).textContent);
  expect(of("students") + of("exempt")).toBe(of("whole"));
  expect(of("unpaid") + of("short") + of("paid") + of("over")).toBe(of("whole"));
});

it("lists alone who paid of whom no photo is collected, where there is somebody", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    return { ...(await show(asked)), exempt_paid: 1 };
  };
  open(bridge);
  const filter = await screen.findByTestId(tid.feeState("exempt"));
  expect(filter.textContent).toBe("免采而缴费");
  fireEvent.click(filter);
  await waitFor(() =>
    expect(args(bridge, "fee_list")).toContainEqual({
      round: 1,
      text: "",
      state: "exempt",
      offset: 0,
      limit: 80,
    }),
  );
});

it("has its columns whole in a window of 1366 pixels, with room for what, when and by whom", async () => {
  open();
  await screen.findByTestId(tid.feeOf(studentOf(0).student_no));
  const head = document.querySelector<HTMLElement>(".vtable-head");
  const table = Number.parseInt(head?.parentElement?.style.minWidth ?? "", 10);
  // The window less the navigation, the page's edges, the frame and a scroll bar.
  expect(table).toBeLessThanOrEqual(1366 - 148 - 2 * 20 - 2 - 12);
  const least = (head?.style.gridTemplateColumns ?? "").match(/\d+(?=px)/g)?.map(Number) ?? [];
  expect(least.at(-1)).toBeGreaterThanOrEqual(400);
});

it("offers no list of who paid though exempt where nobody did", async () => {
  open();
  await screen.findByTestId(tid.feeState("over"));
  expect(screen.queryByTestId(tid.feeState("exempt"))).toBeNull();
});

it("takes no list away once the round has ended, by a button that says why", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  open(bridge);
  const remove = await screen.findByTestId<HTMLButtonElement>(tid.feeRemove("账单.csv"));
  expect(remove.className).not.toContain("ant-btn-text");
  expect(remove.disabled).toBe(false);
  cleanup();
  const ended = fakeBridge(3);
  ended.handlers.app_status = async (asked) => {
    if (!status) throw new Error("no status");
    const told = await status(asked);
    return { ...told, rounds: told.rounds.map((card) => ({ ...card, closed: true })) };
  };
  open(ended);
  const barred = await screen.findByTestId<HTMLButtonElement>(tid.feeRemove("账单.csv"));
  await waitFor(() => expect(barred.disabled).toBe(true));
  expect(barred.title).toBe(zh.app.endedRound);
});

it("says of a namesake what was paid already", async () => {
  const bridge = fakeBridge(3);
  const { student, student_no, name } = studentOf(1);
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    const view = await show(asked);
    const candidates = [
      { hit: { ...hitOf(4, name), student, student_no }, paid: "40" },
      { hit: { ...hitOf(777, name), student_no: "777" }, paid: "" },
    ];
    return { ...view, unknown: view.unknown.map((one) => ({ ...one, candidates })) };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  const said = (of: number) => screen.getByTestId(tid.feeCandidate(9, of)).textContent;
  await screen.findByTestId(tid.feeCandidate(9, student));
  expect(said(student)).toBe(`记到 ${student_no} ${name} 名下（已缴 40 元）`);
  expect(said(777)).toBe(`记到 777 ${name} 名下`);
  expect(args(bridge, "fee_list").filter((call) => (call as { text: string }).text !== "")).toEqual([]);
});

it("reaches every payment without a student, page by page and by a search", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.fee_show;
  if (!show) throw new Error("no view");
  const [one] = (await show({ round: 1 })).unknown;
  if (!one) throw new Error("no payment");
  const of = (n: number): FeePayment => ({ ...one, payment: n, text: `付款人${n}` });
  bridge.handlers.fee_show = async (asked) => ({
    ...(await show(asked)),
    unknown: Array.from({ length: 1000 }, (_, n) => of(n)),
    unknown_total: 2345,
    aside_total: 0,
  });
  bridge.handlers.fee_unknown = async ({ text, offset, limit }) => {
    const all = Array.from({ length: 2345 }, (_, n) => of(n)).filter((row) => row.text.includes(text));
    return { total: all.length, rows: all.slice(offset, offset + limit) };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  expect(await screen.findByText(/2,345 笔没有对上学生/)).toBeTruthy();
  await screen.findByText("付款人0");
  fireEvent.click(screen.getByTitle("47"));
  await screen.findByText("付款人2344");
  expect(args(bridge, "fee_unknown")).toContainEqual({ round: 1, text: "", offset: 2300, limit: 50 });
  fireEvent.change(screen.getByTestId(tid.feeUnknownSearch), { target: { value: "付款人2333" } });
  await screen.findByText("找到 1 笔");
  await screen.findByText("付款人2333");
});

it("does not say that every payment has its student where no list was read", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.fee_show;
  bridge.handlers.fee_show = async (asked) => {
    if (!show) throw new Error("no view");
    return { ...(await show(asked)), lists: [], unknown: [], unknown_total: 0 };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  await screen.findByText(zh.fees.noList(zh.fees.pick));
  expect(screen.queryByText(zh.fees.noUnknown)).toBeNull();
});
