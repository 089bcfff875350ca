/** 自动收取文件夹: what it says of what came in. */
import { act, render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { IntakeReport } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";
import { office } from "./fake/seatBridge";

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
  const folder = {
    folder: "D:\\收取",
    on: true,
    ended: false,
    paused: false,
    came_in: 3,
    last_at: "10:00",
    problem: "",
  };
  bridge.handlers.watch_show = () => ({ ...folder, last: INTAKE, refused: 1, unended: 0, lines: [] });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const panel = await screen.findByTestId(tid.watchPanel);
  expect(panel.textContent).toContain("收到 3 张：匹配 2，待认领 1；另有 1 个文件不能导入");
});

it("follows in the navigation what comes in while another page is open, until it is checked", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status as NonNullable<typeof bridge.handlers.app_status>;
  let [came_in, unchecked] = [0, 0];
  bridge.handlers.watch_show = () => ({
    folder: "/照片",
    on: true,
    ended: false,
    paused: false,
    came_in,
    last_at: "",
    last: null,
    refused: 0,
    unended: 0,
    lines: [],
    problem: "",
  });
  bridge.handlers.app_status = async () => {
    const answer = await status({});
    const rounds = answer.rounds.map((card) => ({ ...card, in_piles: 3 + came_in, unchecked }));
    return { ...answer, rounds };
  };
  const asked = () => bridge.calls.filter((call) => call.name === "app_status").length;
  const look = () => act(() => vi.advanceTimersByTimeAsync(3100));
  try {
    render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
    const badge = () => screen.getByTestId(tid.nav("photos")).querySelector(".nav-badge")?.textContent;
    await waitFor(() => expect(badge()).toBe("3"));
    await look();
    const before = asked();
    await look();
    expect(asked()).toBe(before);
    [came_in, unchecked] = [2, 2];
    await look();
    expect(badge()).toBe("5");
    const come = asked();
    await look();
    expect(asked()).toBeGreaterThan(come);
    unchecked = 0;
    await look();
    await look();
    const checked = asked();
    await look();
    await look();
    expect(asked()).toBe(checked);
  } finally {
    vi.useRealTimers();
  }
});

it("asks nothing of the watched folder for whoever may not see what it brings", async () => {
  const bridge = fakeBridge(3);
  office(bridge, { reviewer: false, lead: false, keeper: true });
  render(<App bridge={bridge} start={{ screen: "people", round: 1 }} />);
  await screen.findByTestId(tid.people);
  expect(bridge.calls.some((call) => call.name === "people_list")).toBe(true);
  expect(bridge.calls.some((call) => call.name === "watch_show")).toBe(false);
});
