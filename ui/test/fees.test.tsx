/** 缴费: the fee, the lists, the ledger, and the payments that have no student. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { FeePayment } from "../src/bindings/wire";
import { tid } from "../src/testids";
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
  expect(said.textContent).toContain("新增 4 笔，其中 3 笔对上学生；1 笔以前已经导入");
  expect(said.textContent).toContain("1 行没有计入");
  fireEvent.click(await screen.findByTestId(tid.feeRemove("第二周.csv")));
  fireEvent.click(await screen.findByTestId(tid.feeRemoveSure));
  await waitFor(() => expect(screen.queryByTestId(tid.feeRemove("第二周.csv"))).toBeNull());
  expect(args(bridge, "fee_remove")).toEqual([{ round: 1, file: "第二周.csv" }]);
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
    const candidates = [hit(4, "李一"), hit(5, "李二")];
    return { ...view, unknown: view.unknown.map((one) => ({ ...one, how, candidates })) };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.feePart("unknown")));
  fireEvent.click(await screen.findByTestId(tid.feeCandidate(9, 5)));
  await waitFor(() => expect(screen.getByTestId(tid.feeSaid).textContent).toContain("2022005 李二"));
  expect(args(bridge, "fee_assign")).toEqual([{ round: 1, payment: 9, student: 5 }]);
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
