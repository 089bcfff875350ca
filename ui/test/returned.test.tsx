/** A set that the studio gave back: which delivery it answers is chosen by when that was made, and of what. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

it("says of each delivery when it was made and of what, where one is chosen", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async (args) => {
    if (!status) throw new Error("no status");
    const answer = await status(args);
    return { ...answer, rounds: answer.rounds.map((one) => ({ ...one, delivered: 7 })) };
  };
  bridge.handlers.delivery_list = () =>
    [1, 2].map((number) => ({
      number,
      at: `2026-11-2${number} 10:00:00`,
      reviewer: "张老师",
      folder: "E:\\交付",
      files: 7,
      how: number === 2 ? "校内留存；名单模式" : "采集码模式",
      repeatable: true,
    }));
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.photosReturned));
  const choice = await screen.findByTestId(tid.returnedDelivery);
  fireEvent.mouseDown(choice.querySelector(".ant-select-content, .ant-select-selector") ?? choice);
  expect(await screen.findByText("2026-11-22 10:00:00，7 张，校内留存；名单模式")).toBeTruthy();
});
