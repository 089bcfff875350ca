/** 自动收取文件夹: what it says of what came in. */
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { IntakeReport } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

const INTAKE: IntakeReport = {
  files: 4,
  matched: 1,
  resubmitted: 1,
  already_there: 0,
  unchanged: 0,
  ambiguous: 0,
  not_on_roster: 0,
  unknown: 1,
  excluded: 0,
  shared: 0,
  together: 0,
  refused: 1,
  ignored: 0,
  indexes: 0,
  outside_window: "",
  over_limit: 0,
  not_returned: 0,
  beside_number: 0,
  beside: [],
  lines: [],
  lines_left: 0,
  cancelled: false,
};

it("tells how the photos add up that came in last, and what was no photo", async () => {
  const bridge = fakeBridge(3);
  const folder = { folder: "D:\\收取", on: true, came_in: 3, last_at: "10:00", problem: "" };
  bridge.handlers.watch_show = () => ({ ...folder, last: INTAKE, refused: 1, unended: 0, lines: [] });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const panel = await screen.findByTestId(tid.watchPanel);
  expect(panel.textContent).toContain("收到 3 张：匹配 2，待认领 1；另有 1 个文件不能导入");
});
