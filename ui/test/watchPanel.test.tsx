/** What the panel of the watched folder tells of files that did not come in. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

it("tells which files of the watched folder did not come in, and why", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.watch_show = () => ({
    folder: "/照片",
    on: true,
    ended: false,
    paused: false,
    came_in: 7,
    last_at: "",
    last: null,
    refused: 1,
    unended: 1,
    lines: [
      { at: "", file: "半张.jpg", problem: "文件不完整", remedy: "请重新复制" },
      { at: "2026-11-30 10:00", file: "说明.pdf", problem: "不是图片", remedy: "请改为照片" },
    ],
    problem: "",
  });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const lines = (await screen.findByTestId(tid.watchLines)).textContent;
  for (const told of ["2 条", "半张.jpg", "说明.pdf", "2026-11-30 10:00　不是图片"]) {
    expect(lines).toContain(told);
  }
  expect(screen.getByTestId(tid.watchPanel).textContent).toContain("收到 7 张，拒绝 1 个，没有写完 1 个");
});

it("says of a round that has ended that its folder collects nothing, however it was left", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async (args) => {
    if (!status) throw new Error("no status");
    const answer = await status(args);
    return { ...answer, rounds: answer.rounds.map((one) => ({ ...one, closed: true })) };
  };
  bridge.handlers.watch_show = () => ({
    folder: "/照片",
    on: false,
    ended: true,
    paused: true,
    came_in: 0,
    last_at: "",
    last: null,
    refused: 0,
    unended: 0,
    lines: [],
    problem: "",
  });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const toggle = await screen.findByTestId(tid.watchSwitch);
  expect(toggle.getAttribute("aria-checked")).toBe("false");
  expect(toggle.textContent).toContain("批次已结束，不收取");
  expect(screen.getByTestId(tid.watchPanel).textContent).toContain("重新打开批次后");
  expect(screen.queryByText("也可以把文件夹、压缩包或照片直接拖到窗口中")).toBeNull();
});

it("says in a restored copy that the folder rests, until it is switched on", async () => {
  const bridge = fakeBridge(3);
  const folder = {
    folder: "/照片",
    ended: false,
    came_in: 0,
    last_at: "",
    last: null,
    refused: 0,
    unended: 0,
    lines: [],
    problem: "",
  };
  bridge.handlers.watch_show = () => ({ ...folder, on: false, paused: true });
  bridge.handlers.watch_set = ({ on }) => ({ ...folder, on, paused: false });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const panel = await screen.findByTestId(tid.watchPanel);
  expect(panel.textContent).toContain("从备份恢复");
  fireEvent.click(screen.getByTestId(tid.watchSwitch));
  await waitFor(() => expect(panel.textContent).not.toContain("从备份恢复"));
});
