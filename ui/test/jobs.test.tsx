/** What a job means to the screens: found again after a reload, and its photos offered to an opened queue. */
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { JobState } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";
import { itemOf } from "./fake/roundData";
import { ALL, office, PIN } from "./fake/seatBridge";

const job = (part: Partial<JobState>) => jobOf({ job: 9, done: 20, total: 100, seconds: 2, ...part });

it("finds a running job again after the page was loaded anew", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.job_list = () => [job({}), job({ job: 8, finished: true })];
  bridge.handlers.job_show = () => job({ done: 40 });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await waitFor(() => expect(screen.getByTestId(tid.jobCounts).textContent).toBe("40 / 100"));
  expect(bridge.calls.find((call) => call.name === "job_show")?.args).toEqual({ job: 9 });
});

it("offers to stop a job to those alone who may", async () => {
  const bridge = fakeBridge(3);
  let may_cancel = false;
  bridge.handlers.job_list = () => [job({})];
  bridge.handlers.job_show = () => job({ kind: "delivery", may_cancel });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await screen.findByTestId(tid.jobCounts);
  expect(screen.queryByTestId(tid.jobCancel)).toBeNull();
  may_cancel = true;
  await screen.findByTestId(tid.jobCancel);
});

it("has the numbers of the round follow while a job runs", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.app_status;
  let unchecked = 1200;
  bridge.handlers.app_status = async (args) => {
    if (!show) throw new Error("no status");
    const status = await show(args);
    return { ...status, rounds: status.rounds.map((one) => ({ ...one, unchecked })) };
  };
  bridge.handlers.job_list = () => [job({ kind: "checks" })];
  bridge.handlers.job_show = () => job({ kind: "checks" });
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setInterval", "clearInterval"] });
  try {
    render(<App bridge={bridge} start={{ screen: "rounds", round: null }} />);
    await screen.findByText(zh.rounds.next.checks("1,200"));
    await screen.findByTestId(tid.job);
    unchecked = 900;
    await act(() => vi.advanceTimersByTimeAsync(3000));
    await screen.findByText(zh.rounds.next.checks("900"));
  } finally {
    vi.useRealTimers();
  }
});

describe("what runs, beside the button that has to wait for it", () => {
  const { photos, delivery, prints, ending } = zh;
  const pages = [
    ["photos", "intake", tid.photosBusy, photos.importing, photos.busy],
    ["delivery", "delivery", tid.deliveryMissing, delivery.missing.writing, delivery.missing.busy],
    ["delivery", "prints", tid.printsLacks, prints.lacks.writing, prints.lacks.busy],
    ["reconcile", "archive", tid.endingArchiveLacks, ending.writing, ending.writeBusy],
  ] as const;
  const told = async (name: (typeof pages)[number][0], testid: string, running: Partial<JobState>) => {
    const bridge = fakeBridge(3);
    // Files are named by their path here, too.
    Object.assign(bridge, { picks: false });
    bridge.ending.closed = "张老师";
    bridge.handlers.job_list = () => [job(running)];
    bridge.handlers.job_show = () => job(running);
    const drawn = render(<App bridge={bridge} start={{ screen: name, round: 1 }} />);
    if (name === "reconcile") fireEvent.click(await screen.findByTestId(tid.reconcilePart("ending")));
    await screen.findByTestId(tid.job);
    const text = (await screen.findByTestId(testid)).textContent;
    drawn.unmount();
    return text;
  };
  it.each(pages)("%s: %s", async (name, kind, testid, own, other) => {
    expect(own).not.toBe(other);
    expect(await told(name, testid, { kind })).toBe(own);
    expect(await told(name, testid, { kind: "backup" })).toBe(other);
    expect(await told(name, testid, { kind, round: 2 })).toBe(other);
  });
});

it("leaves a job that has ended alone", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.job_list = () => [job({ finished: true })];
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await screen.findByTestId(tid.photosFolder);
  expect(screen.queryByTestId(tid.job)).toBeNull();
});

it("offers what a job brought to the opened queue, and moves nothing until asked", async () => {
  const bridge = fakeBridge(3);
  let ended = false;
  bridge.handlers.job_list = () => [job({})];
  bridge.handlers.job_show = () => job({ finished: ended });
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  fireEvent.keyDown(document.body, { code: "ArrowRight" });
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("2"));
  bridge.items.set(4, itemOf(4));
  bridge.items.set(5, itemOf(5));
  await act(async () => {
    ended = true;
  });
  const banner = await screen.findByTestId(tid.arrivals);
  expect(banner.textContent).toContain("新到 2 张");
  await waitFor(() => expect(screen.getByTestId(tid.queueCount("pending")).textContent).toBe("5"));
  expect(screen.getByTestId(tid.position).textContent).toBe("2 / 3");
  fireEvent.click(screen.getByTestId(tid.arrivalsTake));
  expect(screen.getByTestId(tid.position).textContent).toBe("2 / 5");
  expect(screen.getByTestId(tid.desk).dataset.submission).toBe("2");
  expect(screen.queryByTestId(tid.arrivals)).toBeNull();
});

it("tells the end of an example in its own round only", async () => {
  const bridge = fakeBridge(3);
  let ended = false;
  bridge.handlers.job_list = () => [job({ kind: "example", round: null })];
  bridge.handlers.job_show = () =>
    job({
      kind: "example",
      round: null,
      finished: ended,
      outcome: ended ? { kind: "example", round: 2 } : null,
    });
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByTestId(tid.job);
  ended = true;
  await waitFor(() => expect(screen.queryByTestId(tid.job)).toBeNull());
});

it("offers what the watched folder brought, though its job was begun by nobody here", async () => {
  const bridge = fakeBridge(3);
  let cameIn = 7;
  bridge.handlers.watch_show = () => ({
    folder: "/照片",
    on: true,
    ended: false,
    paused: false,
    came_in: cameIn,
    last_at: "",
    last: null,
    refused: 0,
    unended: 0,
    lines: [],
    problem: "",
  });
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  await waitFor(() => expect(bridge.calls.some((call) => call.name === "watch_show")).toBe(true));
  expect(screen.queryByTestId(tid.arrivals)).toBeNull();
  bridge.items.set(4, itemOf(4));
  cameIn = 8;
  const banner = await screen.findByTestId(tid.arrivals);
  expect(banner.textContent).toContain("新到 1 张");
  fireEvent.click(screen.getByTestId(tid.arrivalsTake));
  expect(screen.getByTestId(tid.position).textContent).toBe("1 / 4");
});

const NO_IMPORT = { summary: null, what: null, plan: null, total: 0, act: null };

it("offers no import to take back where none is one's own", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.roster_peek = () => NO_IMPORT;
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await waitFor(() => expect(bridge.calls.some(({ name }) => name === "roster_peek")).toBe(true));
  await screen.findByTestId(tid.studentsScope);
  await waitFor(() => expect(bridge.calls.some(({ name }) => name === "student_list")).toBe(true));
  expect(screen.queryByTestId(tid.rosterUndo)).toBeNull();
});

it("does not go on offering to take back an import that another took back meanwhile", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.roster_undo = () => {
    bridge.handlers.roster_peek = () => NO_IMPORT;
    return { act: null };
  };
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterUndo));
  fireEvent.click(await screen.findByTestId(tid.rosterUndoSure));
  await screen.findByText(zh.students.nothingToUndo);
  await waitFor(() => expect(screen.queryByTestId(tid.rosterUndo)).toBeNull());
  fireEvent.click(screen.getByTestId(tid.nav("scope")));
  await screen.findByTestId(tid.screen("scope"));
  fireEvent.click(screen.getByTestId(tid.nav("students")));
  await screen.findByTestId(tid.studentsScope);
  expect(screen.queryByText(zh.students.nothingToUndo)).toBeNull();
  expect(screen.queryByTestId(tid.rosterUndo)).toBeNull();
});

it("takes the last import of the roster back when that is confirmed, and brings it again", async () => {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterUndo));
  expect(bridge.calls.some((call) => call.name === "roster_undo")).toBe(false);
  expect((await screen.findByTestId(tid.rosterUndoEffect)).textContent).toBe(zh.students.undoEffect());
  fireEvent.click(await screen.findByTestId(tid.rosterUndoSure));
  await waitFor(() =>
    expect(screen.getByTestId(tid.rosterUndoWord).textContent).toContain("已撤销：导入名单"),
  );
  fireEvent.click(screen.getByTestId(tid.rosterRedo));
  await waitFor(() =>
    expect(screen.getByTestId(tid.rosterUndoWord).textContent).toContain("已重做：导入名单"),
  );
  const lists = bridge.calls.filter((call) => call.name === "student_list");
  expect(lists.length).toBe(3);
});

/** An office whose station answers nothing about jobs while nobody sits here; nobody does at first. */
function lockedOffice(running: () => JobState) {
  const bridge = fakeBridge(3);
  office(bridge, ALL);
  bridge.seat = { ...bridge.seat, state: "signed_out", person: null };
  const guarded = <T,>(answer: () => T) => {
    if (bridge.seat.state === "signed_out") throw failure("本窗口已锁定，请先登录", "refused");
    return answer();
  };
  bridge.handlers.job_list = () => guarded(() => [running()]);
  bridge.handlers.job_show = () => guarded(running);
  return bridge;
}

async function signIn(bridge: FakeBridge, person = 2) {
  fireEvent.click(await screen.findByTestId(tid.signInPerson(person)));
  fireEvent.change(screen.getByTestId(tid.signInPin), { target: { value: PIN } });
  fireEvent.click(screen.getByTestId(tid.signInGo));
  await screen.findByTestId(tid.app);
  expect(bridge.seat.state).toBe("seated");
}

it("looks for a running job when somebody has signed in, and asks nothing before", async () => {
  const bridge = lockedOffice(() => job({ done: 40 }));
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await screen.findByTestId(tid.signIn);
  expect(bridge.calls.some((call) => call.name === "job_list")).toBe(false);
  await signIn(bridge);
  await waitFor(() => expect(screen.getByTestId(tid.jobCounts).textContent).toBe("40 / 100"));
  expect(screen.queryByTestId(tid.failure)).toBeNull();
});

it("rests while the window is locked, and then tells how the job ended meanwhile", async () => {
  let finished = false;
  const bridge = lockedOffice(() => job({ done: 40, finished }));
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await signIn(bridge);
  await screen.findByTestId(tid.jobCounts);
  fireEvent.click(screen.getByTestId(tid.lock));
  await screen.findByTestId(tid.signIn);
  const asked = bridge.calls.length;
  await act(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(bridge.calls.slice(asked).filter((call) => call.name === "job_show").length).toBeLessThanOrEqual(1);
  finished = true;
  await signIn(bridge);
  await screen.findByTestId(tid.jobOutcome);
  expect(screen.queryByTestId(tid.failure)).toBeNull();
});

it("tells the good end of a job until the next screen, and again where its result stands", async () => {
  const bridge = fakeBridge(3);
  let failed = false;
  bridge.handlers.job_list = () => [job({ done: 1 })];
  bridge.handlers.job_show = () =>
    job({
      done: 100,
      finished: true,
      failure: failed ? { code: "file", message: "磁盘已满", detail: "" } : null,
    });
  const { unmount } = render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByTestId(tid.jobOutcome);
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  await waitFor(() => expect(screen.queryByTestId(tid.job)).toBeNull());
  fireEvent.click(screen.getByTestId(tid.nav("students")));
  await screen.findByTestId(tid.screen("students"));
  expect(screen.queryByTestId(tid.job)).toBeNull();
  unmount();
  // What went wrong stays until it is put away.
  failed = true;
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByTestId(tid.jobOutcome);
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  expect(screen.getByTestId(tid.jobOutcome)).toBeTruthy();
});

it("tells no end of a job anew after the window was locked, and none to somebody else", async () => {
  let finished = false;
  const bridge = lockedOffice(() => job({ done: 100, finished }));
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await signIn(bridge);
  await screen.findByTestId(tid.jobCounts);
  const lock = async () => {
    fireEvent.click(screen.getByTestId(tid.lock));
    await screen.findByTestId(tid.signIn);
  };
  finished = true;
  await screen.findByTestId(tid.jobOutcome);
  await lock();
  // Whoever comes next did not see it under way.
  await signIn(bridge, 1);
  await screen.findByTestId(tid.screen("students"));
  expect(screen.queryByTestId(tid.job)).toBeNull();
  await lock();
  await signIn(bridge);
  await screen.findByTestId(tid.jobOutcome);
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  await waitFor(() => expect(screen.queryByTestId(tid.job)).toBeNull());
  await lock();
  await signIn(bridge);
  await screen.findByTestId(tid.screen("log"));
  expect(screen.queryByTestId(tid.job)).toBeNull();
});

it("tells whoever gives the first name of the job that was begun before it", async () => {
  let finished = false;
  const bridge = fakeBridge(3);
  bridge.reviewer = "";
  bridge.handlers.job_list = () => [job({ done: 1 })];
  bridge.handlers.job_show = () => job({ done: finished ? 100 : 1, finished });
  render(<App bridge={bridge} start={{ screen: "students", round: 1 }} />);
  await screen.findByTestId(tid.jobCounts);
  finished = true;
  await screen.findByTestId(tid.jobOutcome);
  fireEvent.click(screen.getByTestId(tid.reviewerName));
  fireEvent.change(screen.getByTestId(tid.reviewerInput), { target: { value: "王老师" } });
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await waitFor(() => expect(screen.getByTestId(tid.reviewerName).textContent).toContain("王老师"));
  expect(screen.getByTestId(tid.jobOutcome)).toBeTruthy();
});

it("does not call an import that was stopped a finished one", async () => {
  const bridge = fakeBridge(3);
  let stopped = false;
  bridge.handlers.job_list = () => [job({})];
  bridge.handlers.job_show = () =>
    stopped
      ? job({
          finished: true,
          outcome: {
            kind: "references",
            report: {
              files: 9,
              filed: 3,
              replaced: 0,
              already_there: 0,
              unmatched: 0,
              refused: 0,
              unreadable: 0,
              shared: 0,
              cancelled: true,
              lines: [],
              lines_left: 0,
            },
          },
        })
      : job({ total: 0 });
  render(<App bridge={bridge} start={{ screen: "log", round: 1 }} />);
  // How much there is to do is not known: that is no 0 %.
  await screen.findByTestId(tid.jobWorking);
  expect(screen.getByTestId(tid.job).textContent).not.toContain("0%");
  stopped = true;
  const told = await screen.findByTestId(tid.jobOutcome);
  expect(told.textContent).toBe(zh.job.cancelled);
  expect(told.className).toBe("text-warn");
});
