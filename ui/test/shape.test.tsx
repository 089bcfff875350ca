/** 分包与打包: what is chosen is what the station is asked for, and the passphrase is shown with the report. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import type { DeliveryOptions, DeliveryReport, JobState } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";

let bridge: FakeBridge;
beforeEach(() => {
  bridge = fakeBridge(3);
});
afterEach(cleanup);

const asked = () => {
  const calls = bridge.calls.filter((call) => call.name === "delivery_preview");
  return calls.map(({ args }) => (args as DeliveryOptions).shape);
};

it("asks for the folder of everything until something else is chosen", async () => {
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  await waitFor(() =>
    expect(asked()).toEqual([{ split: "whole", pack: "folder", only_new: false, in_house: false }]),
  );
  screen.getByText(zh.delivery.allNote);
  fireEvent.click(screen.getByTestId(tid.deliveryPack("encrypted")));
  await screen.findByText(zh.delivery.packNote.encrypted);
  fireEvent.click(screen.getByTestId(tid.deliveryOnlyNew));
  fireEvent.mouseDown(screen.getByLabelText(zh.delivery.split));
  fireEvent.click(await screen.findByText(zh.delivery.splits.every));
  fireEvent.change(await screen.findByLabelText(zh.delivery.every), { target: { value: "200" } });
  await waitFor(() =>
    expect(asked().at(-1)).toEqual({
      split: { every: 200 },
      pack: "encrypted",
      only_new: true,
      in_house: false,
    }),
  );
});

const REPORT: DeliveryReport = {
  number: 2,
  folder: "D:\\交付\\交付第2次",
  files: 12,
  codes: 0,
  identical: 0,
  deviations: [],
  deviations_total: 0,
  not_delivered: [],
  not_delivered_total: 0,
  delivered_before: [],
  delivered_before_total: 0,
  manifest: "D:\\交付\\交付第2次\\照片.zip",
  passphrase: "k7mqp-3wxyz-9a4cd-hjrtv",
};

/** Writes a delivery that ends with the report, and gives its view. */
async function delivered(report: DeliveryReport) {
  bridge.handlers.delivery_write = () => ({ job: 7 });
  bridge.handlers.job_show = () =>
    jobOf({
      job: 7,
      kind: "delivery",
      stage: "",
      done: 12,
      total: 12,
      seconds: 1,
      finished: true,
      outcome: { kind: "delivery", report },
    });
  bridge.pick = async () => ["D:\\交付"];
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.deliveryPick));
  const write = screen.getByTestId<HTMLButtonElement>(tid.deliveryWrite);
  await waitFor(() => expect(write.disabled).toBe(false));
  fireEvent.click(write);
  return screen.findByTestId(tid.deliveryReport);
}

it("shows the passphrase where there is one", async () => {
  await delivered(REPORT);
  expect(screen.getByTestId(tid.deliveryPassphrase).textContent).toBe("k7mqp-3wxyz-9a4cd-hjrtv");
  screen.getByText(zh.delivery.passphraseNote);
  // The list of what was delivered is no file beside it.
  expect(screen.getByTestId(tid.deliveryReport).textContent).toContain(`${zh.delivery.manifestPacked}：`);
});

it("counts all who were left out where only the first of them are listed", async () => {
  const row = { student_no: "1", name: "赵一", college: "文学院", why: "未提交照片", submission: null };
  const told = await delivered({ ...REPORT, not_delivered: [row, row], not_delivered_total: 12_000 });
  const { notDelivered, shortened, sheets } = zh.delivery;
  within(told).getByText(notDelivered("12,000"));
  within(told).getByText(shortened("2", "12,000", sheets.left));
});

it("asks for a part of the students, by what the roster has two of", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  const box = await screen.findByTestId(tid.deliveryPart("colleges"));
  expect(screen.queryByTestId(tid.deliveryPart("levels"))).toBeNull();
  const input = box.querySelector("input");
  if (!input) throw new Error("no box");
  fireEvent.mouseDown(input);
  fireEvent.click(await screen.findByTitle("法学院"));
  await waitFor(() => {
    const asked = bridge.calls.filter((call) => call.name === "delivery_preview").at(-1);
    expect(asked?.args).toMatchObject({ part: { colleges: ["法学院"], classes: [], levels: [] } });
  });
});

/** Chooses an encrypted list with names, writes it, and has the job end so. */
async function writeRoster(end: Pick<JobState, "outcome" | "failure">) {
  bridge.handlers.delivery_write = () => ({ job: 7 });
  bridge.handlers.job_show = () => ({ ...jobOf({ job: 7, kind: "delivery", finished: true }), ...end });
  bridge.pick = async () => ["D:\\交付"];
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.deliveryMode("roster")));
  fireEvent.click(screen.getByTestId(tid.deliveryPack("encrypted")));
  fireEvent.click(await screen.findByTestId(tid.deliveryPick));
  const write = screen.getByTestId<HTMLButtonElement>(tid.deliveryWrite);
  await waitFor(() => expect(write.disabled).toBe(false));
  fireEvent.click(write);
  await waitFor(() => expect(bridge.calls.some(({ name }) => name === "delivery_write")).toBe(true));
}

const lastAsked = () => {
  const { args } = bridge.calls.filter(({ name }) => name === "delivery_preview").at(-1) ?? {};
  const { mode, shape, columns } = args as DeliveryOptions;
  return { mode, pack: shape.pack, columns };
};

it("goes back to the codes when a list with names was written", async () => {
  await writeRoster({ outcome: { kind: "delivery", report: REPORT }, failure: null });
  await screen.findByTestId(tid.deliveryReport);
  await waitFor(() => expect(lastAsked()).toEqual({ mode: "collection_code", pack: "folder", columns: [] }));
});

it("keeps what was chosen when the delivery was not written", async () => {
  await writeRoster({ outcome: null, failure: { code: "file", message: "磁盘已满", detail: "" } });
  await screen.findByText("磁盘已满");
  await waitFor(() => expect(lastAsked()).toMatchObject({ mode: "roster", pack: "encrypted" }));
  const before = bridge.calls.length;
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  fireEvent.click(screen.getByTestId(tid.nav("delivery")));
  await waitFor(() =>
    expect(bridge.calls.slice(before).some(({ name }) => name === "delivery_preview")).toBe(true),
  );
  expect(lastAsked()).toMatchObject({ mode: "roster", pack: "encrypted" });
});

it("goes back to the codes also where the end of the job was seen on another screen", async () => {
  await writeRoster({ outcome: { kind: "delivery", report: REPORT }, failure: null });
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  fireEvent.click(await screen.findByTestId(tid.jobClose));
  fireEvent.click(await screen.findByTestId(tid.jobPassphraseKept));
  await waitFor(() => expect(screen.queryByTestId(tid.jobClose)).toBeNull());
  fireEvent.click(screen.getByTestId(tid.nav("delivery")));
  await waitFor(() => expect(lastAsked()).toMatchObject({ mode: "collection_code", pack: "folder" }));
});
