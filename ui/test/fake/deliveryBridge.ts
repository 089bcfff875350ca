/** Deliveries of the station in memory. */
import type { DeliveryWay } from "../../src/bindings/wire";

const WHOLE = { split: "whole", pack: "folder", only_new: false, in_house: false } as const;

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
