/** Deliveries of the station in memory. */
import type { DeliveryWay, LeftOutAsk, LeftOutPage } from "../../src/bindings/wire";
import { studentOf } from "./roundData";

const WHOLE = { split: "whole", pack: "folder", only_new: false, in_house: false } as const;

/** Students whom the fake delivery would not hold: some days before the end nearly everybody. */
export const LEFT_OUT = 1200;

export function leftOutPage({ which, offset, limit }: LeftOutAsk): LeftOutPage {
  const total = which === "not_ready" ? LEFT_OUT : 1;
  const length = Math.max(0, Math.min(limit, total - offset));
  const rows = Array.from({ length }, (_, at) => {
    const seed = offset + at;
    return {
      student_no: studentOf(seed).student_no,
      name: studentOf(seed).name,
      college: studentOf(seed).college,
      why: which === "before" ? "第1次交付时已交付" : seed % 2 ? "未交照片" : "待审",
      submission: seed % 2 ? null : seed,
    };
  });
  return { total, rows };
}

export const DELIVERY_WAYS: DeliveryWay[] = [
  {
    name: "采集码模式",
    purpose: "供校内留存或交采集单位；不是学信网上传包",
    mode: "collection_code",
    template: "{学号}.jpg",
    shape: WHOLE,
    columns: [],
    shipped: true,
  },
  {
    name: "名单模式（2021）",
    purpose: "2021 年通知的流程：只供校内留存，或交给有权接收的单位",
    mode: "roster",
    template: "{学号}-{姓名}.jpg",
    shape: WHOLE,
    columns: ["姓名"],
    shipped: true,
  },
];
