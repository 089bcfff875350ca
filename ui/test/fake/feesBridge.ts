/** The fee ledger of the station in memory: one payment that has no student, the rest by who is asked for. */
import type { FeePage, FeePayment, FeeView } from "../../src/bindings/wire";
import { studentOf } from "./roundData";

export const payment = (id: number, text: string, dismissed = false): FeePayment => ({
  payment: id,
  amount: "20",
  paid_at: "2026-11-03",
  text,
  reference: `A${id}`,
  source: `账单.csv 第 ${id} 行`,
  how: dismissed ? "不属于本批次" : "看不出是谁缴的",
  dismissed,
  candidates: [],
  together: [],
  share: null,
});

export interface Fees {
  fee: string;
  hold: boolean;
  unknown: FeePayment[];
  lists: string[];
}

export const firstFees = (): Fees => ({
  fee: "20",
  hold: false,
  unknown: [payment(9, "路人 谢谢")],
  lists: ["账单.csv"],
});

export const feeView = (fees: Fees): FeeView => ({
  fee: fees.fee,
  hold: fees.hold,
  students: 8,
  exempt_paid: 0,
  unpaid: 6,
  short: 0,
  paid: 1,
  over: 1,
  sum: "60",
  unknown_sum: String(20 * fees.unknown.filter((one) => !one.dismissed).length),
  unknown_total: fees.unknown.filter((one) => !one.dismissed).length,
  aside_total: fees.unknown.filter((one) => one.dismissed).length,
  aside_sum: String(20 * fees.unknown.filter((one) => one.dismissed).length),
  unknown: fees.unknown,
  lists: fees.lists.map((file) => ({
    file,
    payments: 4,
    sum: "80",
    refunds: 1,
    refunded: "20",
    also_in: fees.lists.filter((other) => other !== file),
  })),
});

export function feePage(state: string): FeePage {
  const rows = ["paid", "over", "unpaid"].map((of, at) => ({
    student: { ...studentOf(at), state: "pending", submission: 1 },
    state: of,
    paid: of === "unpaid" ? "0" : of === "paid" ? "20" : "40",
    payments: Array.from({ length: of === "unpaid" ? 0 : of === "paid" ? 1 : 2 }, (_, nth) =>
      payment(10 * at + nth + 1, `${studentOf(at).name} 采集费`),
    ),
  }));
  const kept = rows.filter((row) => state === "" || row.state === state);
  return { total: kept.length, rows: kept };
}
