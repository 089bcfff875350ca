/** 统计: the station's figures as tables, saved where the reviewer says. Charts are drawn by the browser alone. */
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import type { Statistics } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

const words = zh.statistics;
const FIGURES: Statistics = {
  progress: {
    students: 23,
    exempt: 3,
    due: 20,
    submitted: 12,
    missing: 8,
    pending: 4,
    approved: 6,
    rejected: 2,
    held: 0,
    reviewing: 0,
    differing: 0,
    judged: 12,
    clear: 9,
    seconds_per_photo: 2.4,
    seconds_left: 9.6,
  },
  rules: [{ code: "GEO-02", title: "眼睛位置", failing: 3, false_alarms: 1, missed: 2 }],
  colleges: [{ college: "", students: 20, submitted: 12, failing: 3, approved: 6, rejected: 2 }],
  days: [{ day: "2026-11-25", received: 12, failing: 3, decided: 8 }],
  reviewers: [
    {
      reviewer: "王老师",
      standing: 8,
      made: 9,
      seconds_per_photo: 2.4,
      passed_failing: 1,
      rejected_clear: 0,
    },
  ],
};

afterEach(cleanup);

it("says nothing of the time that is left where nothing waits", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.statistics_show = () => ({
    ...FIGURES,
    progress: { ...FIGURES.progress, pending: 0, seconds_left: 0 },
  });
  render(<App bridge={bridge} start={{ screen: "statistics", round: 1 }} />);
  await screen.findByText(new RegExp(words.pace("2.4", null)));
  expect(screen.queryByText(/部分约剩/)).toBeNull();
});

it("shows the figures with their shares and saves them", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.statistics_show = () => FIGURES;
  bridge.handlers.statistics_save = ({ folder }) => ({ path: `${folder}/统计.xlsx` });
  render(<App bridge={bridge} start={{ screen: "statistics", round: 1 }} />);
  expect((await screen.findByTestId(tid.statistic("missing"))).textContent).toBe("8");
  await screen.findByText(/检测全部合格 75%/);
  const rules = screen.getByTestId(tid.statisticsRules);
  expect(within(rules).getByText("25%")).toBeTruthy();
  expect(screen.getByTestId(tid.statisticsColleges).textContent).toContain(words.noCollege);
  expect(screen.getByTestId(tid.statisticsReviewers).textContent).toContain(words.unit("2.4"));
  fireEvent.click(screen.getByTestId(tid.statisticsSave));
  expect((await screen.findByTestId(tid.statisticsSaved)).textContent).toContain("统计.xlsx");
});

it("says what to do first while there is nothing to count", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.statistics_show = () => ({
    ...FIGURES,
    progress: { ...FIGURES.progress, students: 0 },
  });
  render(<App bridge={bridge} start={{ screen: "statistics", round: 1 }} />);
  await screen.findByText(words.empty);
});

it("asks for a folder in words where a path is typed", async () => {
  const bridge = fakeBridge(3);
  Object.assign(bridge, { picks: false });
  bridge.handlers.statistics_show = () => FIGURES;
  render(<App bridge={bridge} start={{ screen: "statistics", round: 1 }} />);
  expect((await screen.findByTestId(tid.pathInput)).getAttribute("placeholder")).toBe(zh.path.folder);
});
