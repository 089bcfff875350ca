/** 日志: whether its chain holds, what breaks it, and the log saved with its hashes. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { failure, fakeBridge } from "./fake/fakeBridge";

const open = (bridge = fakeBridge(3)) => {
  render(<App bridge={bridge} start={{ screen: "log", round: 1 }} />);
  return bridge;
};

it("says that the chain holds, and how it ends", async () => {
  open();
  const holds = await screen.findByTestId(tid.logHolds);
  expect(holds.textContent).toContain("校验完整（全部批次，20,001 条）");
  expect(holds.title).toContain("5f5f");
  expect(screen.queryByTestId(tid.logBroken)).toBeNull();
});

it("names what breaks it and what to do, until it is verified anew", async () => {
  const bridge = fakeBridge(3);
  const whole = bridge.handlers.log_verify;
  bridge.handlers.log_verify = () => ({
    holds: false,
    rows: 8,
    head: "",
    at: "2026-11-28 09:00:00",
    backups: 0,
    faults: [{ row: 5, text: "第 5 条（2026-11-01 10:00:00，王，审核）：内容与校验值不符" }],
    more: 3,
  });
  open(bridge);
  const broken = await screen.findByTestId(tid.logBroken);
  expect(broken.textContent).toContain("发现 4 处");
  expect(broken.textContent).toContain("第 5 条（2026-11-01 10:00:00，王，审核）");
  expect(broken.textContent).toContain("另有 3 处");
  expect(screen.queryByTestId(tid.logHolds)).toBeNull();
  if (whole) bridge.handlers.log_verify = whole;
  fireEvent.click(screen.getByTestId(tid.logAgain));
  expect(await screen.findByTestId(tid.logHolds)).toBeTruthy();
  expect(screen.queryByTestId(tid.logBroken)).toBeNull();
});

it("saves the log of what is shown, and tells a refusal", async () => {
  const bridge = fakeBridge(3);
  bridge.pick = async () => ["/桌面"];
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.logSave));
  expect((await screen.findByTestId(tid.logSaved)).textContent).toContain("/桌面/日志-2026-11-28.xlsx");
  const saves = () => bridge.calls.filter((call) => call.name === "log_save").map((call) => call.args);
  expect(saves()).toEqual([{ round: 1, folder: "/桌面" }]);
  bridge.handlers.log_save = () => {
    throw failure("这个文件夹不能写入", "file");
  };
  fireEvent.click(screen.getByTestId(tid.logSave));
  await waitFor(() => expect(screen.getByText("这个文件夹不能写入")).toBeTruthy());
});
