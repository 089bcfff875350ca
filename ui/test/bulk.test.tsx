/** 宫格审核 and 抽样批量通过 on the station in memory, worked by keys as a person would. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { Screen } from "../src/app/context";
import type { PageCommit, QueueOpen } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { withBulk } from "./fake/bulkBridge";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";

let bridge: FakeBridge;
const open = async (name: Screen, queue?: string) => {
  render(<App bridge={bridge} start={{ screen: name, round: 1, ...(queue ? { queue } : {}) }} />);
  await screen.findByTestId(tid.screen(name));
};
const calls = (name: string) => bridge.calls.filter((call) => call.name === name);

beforeEach(() => {
  bridge = withBulk(fakeBridge(40));
  // jsdom has no layout: the virtual rows need a window to fill.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(660);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(960);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** The made-up window of 800 × 600 holds five columns and three rows. */
const PAGE = Array.from({ length: 15 }, (_, index) => index + 1);

/** Waits until every photo of the page has come, then says what the browser does when they have been drawn. */
const drawn = async (grid: HTMLElement) => {
  await waitFor(() => {
    for (const id of PAGE)
      expect(within(grid).getByTestId(tid.gridCard(id)).querySelector("img")).not.toBeNull();
  });
  for (const image of grid.querySelectorAll("img")) fireEvent.load(image);
  // Whose photo it may be, too, is known before a page is approved.
  await waitFor(() => expect(calls("grid_cards").length).toBeGreaterThan(0));
  await new Promise((resolve) => setTimeout(resolve, 20));
};

describe("grid", () => {
  beforeEach(() => {
    for (const item of bridge.items.values()) item.verdict = "pass";
  });

  it("ticks nothing that fails or cannot be told", async () => {
    for (const [id, verdict] of [
      [1, "fail"],
      [2, "unknown"],
      [3, "warn"],
    ] as const) {
      const item = bridge.items.get(id);
      if (item) item.verdict = verdict;
    }
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    const ticks = () =>
      within(grid)
        .getAllByRole("gridcell")
        .slice(0, 4)
        .map((cell) => cell.getAttribute("aria-selected"));
    await waitFor(() => expect(ticks()).toEqual(["false", "false", "true", "true"]));
    expect(document.activeElement).toBe(grid);
  });

  it("commits the ticked photos of the page in one call and leaves the unticked", async () => {
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    // Right after it was opened the page is refused for that; how soon Enter comes here is the machine's business.
    await waitFor(() => {
      fireEvent.keyDown(grid, { code: "Enter" });
      screen.getByText(zh.grid.unseen(15));
    });
    expect(calls("grid_commit")).toHaveLength(0);
    await drawn(grid);
    fireEvent.keyDown(grid, { code: "ArrowRight" });
    fireEvent.keyDown(grid, { code: "Space" });
    const second = within(grid).getAllByRole("gridcell")[1];
    expect(second?.getAttribute("aria-selected")).toBe("false");
    expect(grid.getAttribute("aria-activedescendant")).toBe(second?.id);
    fireEvent.keyDown(grid, { code: "Enter" });
    await waitFor(() => expect(calls("grid_commit")).toHaveLength(1));
    const approve = (calls("grid_commit")[0]?.args as PageCommit | undefined)?.approve ?? [];
    expect(approve).toHaveLength(14);
    expect(approve.map(({ submission }) => submission)).not.toContain(2);
    expect(bridge.items.get(2)?.decision).toBe("");
    await screen.findByText(zh.grid.committed(14, 1));
  });

  it("takes a whole page back with Z and shows every photo of it waiting again", async () => {
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    await drawn(grid);
    fireEvent.keyDown(grid, { code: "Enter" });
    await waitFor(() => expect(bridge.items.get(15)?.decision).toBe("approved"));
    fireEvent.keyDown(grid, { code: "KeyZ" });
    await screen.findByText("已撤销：审核 等 15 张");
    expect(calls("queue_filter")).toHaveLength(0);
    await waitFor(() => expect(screen.getByTestId(tid.gridCard(1)).dataset.decision).toBe(""));
    expect([...bridge.items.values()].filter((item) => item.decision !== "")).toHaveLength(0);
  });

  it("keeps unticked what a hand unticked, through a search and another screen", async () => {
    await open("grid", "pending");
    const whole = await bridge.call("queue_open", { round: 1, queue: "pending", limit: null });
    const selected = (submission: number) =>
      screen.getByTestId(tid.gridCard(submission)).getAttribute("aria-selected");
    const [first, second] = whole.items.map((item) => item.submission);
    if (first === undefined || second === undefined) throw new Error("no photos");
    await screen.findByTestId(tid.gridCard(first));
    for (const submission of [first, second, second])
      fireEvent.click(screen.getByTestId(tid.gridCard(submission)));
    expect([selected(first), selected(second)]).toEqual(["false", "true"]);
    const search = screen.getByTestId(tid.filter("text")).querySelector("input");
    if (!search) throw new Error("no box");
    for (const items of [whole.items.slice(0, 1), whole.items]) {
      bridge.handlers.queue_filter = () => ({ ...whole, total: items.length, items });
      fireEvent.change(search, { target: { value: `第${items.length}` } });
      await waitFor(() =>
        expect(screen.getByTestId(tid.gridTotal).textContent).toContain(`${items.length} 张`),
      );
      expect(selected(first)).toBe("false");
    }
    expect(selected(second)).toBe("true");
    fireEvent.click(screen.getByTestId(tid.nav("bulk")));
    fireEvent.click(await screen.findByTestId(tid.nav("grid")));
    await screen.findByTestId(tid.gridCard(first));
    await waitFor(() => expect(selected(first)).toBe("false"));
  });

  it("keeps the ticks and says why when the station refuses", async () => {
    bridge.handlers.grid_commit = () => {
      throw { code: "conflict", message: "别人刚刚审过", detail: "" };
    };
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    await drawn(grid);
    fireEvent.keyDown(grid, { code: "Space" });
    fireEvent.keyDown(grid, { code: "Enter" });
    await screen.findByText("别人刚刚审过");
    expect(within(grid).getAllByRole("gridcell")[0]?.getAttribute("aria-selected")).toBe("false");
  });

  it("shows which photo is not there any more, and commits the page without it", async () => {
    const commit = bridge.handlers.grid_commit;
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    await drawn(grid);
    bridge.items.delete(3);
    bridge.handlers.grid_commit = () => {
      throw { code: "conflict", message: "学号 3 的照片已不在其名下", detail: "" };
    };
    fireEvent.keyDown(grid, { code: "Enter" });
    const gone = within(grid).getByTestId(tid.gridCard(3));
    await waitFor(() => expect(gone.textContent).toContain(zh.grid.gone));
    expect(gone.getAttribute("aria-selected")).toBe("false");
    if (commit) bridge.handlers.grid_commit = commit;
    fireEvent.keyDown(grid, { code: "Enter" });
    await screen.findByText(zh.grid.committed(14, 0));
    const approve = (calls("grid_commit")[1]?.args as PageCommit | undefined)?.approve ?? [];
    expect(approve.map(({ submission }) => submission)).not.toContain(3);
  });

  it("names on the card whose picture is the same, and goes there", async () => {
    const partner = { submission: 9, student_no: "2020310009", name: "王思远" };
    const cards = bridge.handlers.grid_cards;
    bridge.handlers.grid_cards = async (args) => {
      const answer = (await cards?.(args)) ?? [];
      return answer.map((card) => (card.submission === 2 ? { ...card, partners: [partner] } : card));
    };
    await open("grid", "pending");
    const card = await screen.findByTestId(tid.gridCard(2));
    await waitFor(() => expect(card.textContent).toContain(zh.grid.alike([partner])));
    fireEvent.contextMenu(card);
    fireEvent.click(await screen.findByText(zh.grid.openAlike(partner)));
    await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("9"));
  });

  it("never approves a photo that cannot be shown", async () => {
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    await drawn(grid);
    const first = within(grid).getByTestId(tid.gridCard(1)).querySelector("img");
    if (first) fireEvent.error(first);
    fireEvent.keyDown(grid, { code: "Enter" });
    await waitFor(() => expect(calls("grid_commit")).toHaveLength(1));
    const approve = (calls("grid_commit")[0]?.args as PageCommit | undefined)?.approve ?? [];
    expect(approve.map(({ submission }) => submission)).not.toContain(1);
    expect(approve).toHaveLength(14);
  });

  it("approves nothing that was unticked while the page waited for an act before it", async () => {
    let answer: () => void = () => undefined;
    bridge.handlers.act_undo = async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return { act: null };
    };
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    await drawn(grid);
    fireEvent.click(screen.getByTestId(tid.gridUndo));
    await waitFor(() => expect(calls("act_undo")).toHaveLength(1));
    fireEvent.keyDown(grid, { code: "Enter" });
    fireEvent.click(within(grid).getByTestId(tid.gridCard(2)));
    answer();
    await screen.findByText(zh.grid.committed(14, 1));
    const approve = (calls("grid_commit")[0]?.args as PageCommit | undefined)?.approve ?? [];
    expect(approve.map(({ submission }) => submission)).not.toContain(2);
  });

  it("says that what was taken back is not in this list", async () => {
    const [item] = bridge.items.values();
    if (!item) throw new Error("no photo");
    const other = { ...item, submission: 9001 };
    bridge.handlers.act_undo = () => ({
      act: { summary: "已撤销：审核 王某", item: other, items: [other], total: 1 },
    });
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    fireEvent.keyDown(grid, { code: "KeyZ" });
    await screen.findByText(`已撤销：审核 王某${zh.grid.elsewhere}`);
  });

  it("moves nothing in another list that was opened before a page was answered", async () => {
    const commit = bridge.handlers.grid_commit;
    let answer: () => void = () => undefined;
    bridge.handlers.grid_commit = async (args) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      if (!commit) throw new Error("no commit");
      return commit(args);
    };
    await open("grid", "pending");
    const grid = await screen.findByTestId(tid.grid);
    await waitFor(() => expect(within(grid).getAllByRole("gridcell").length).toBeGreaterThan(6));
    await drawn(grid);
    fireEvent.keyDown(grid, { code: "Enter" });
    await waitFor(() => expect(calls("grid_commit")).toHaveLength(1));
    const box = screen.getByLabelText(zh.filter.search);
    fireEvent.change(box, { target: { value: bridge.items.get(5)?.name ?? "" } });
    await waitFor(() => expect(calls("queue_filter").length).toBe(1));
    await waitFor(() => expect(screen.queryByTestId(tid.gridCard(1))).toBeNull());
    const here = grid.getAttribute("aria-activedescendant");
    expect(here).toBeTruthy();
    answer();
    await screen.findByText(zh.grid.committed(15, 0));
    expect(grid.getAttribute("aria-activedescendant")).toBe(here);
  });

  it("says when what stands under the photos could not be read", async () => {
    bridge.handlers.grid_cards = () => {
      throw { code: "internal", message: "卡片读不出来", detail: "" };
    };
    await open("grid", "pending");
    await screen.findByText("卡片读不出来");
  });

  it("searches when typing rests", async () => {
    await open("grid", "pending");
    await screen.findByTestId(tid.grid);
    const name = bridge.items.get(5)?.name ?? "";
    fireEvent.change(screen.getByLabelText(zh.filter.search), { target: { value: name } });
    await waitFor(() => expect(calls("queue_filter").length).toBe(1));
    await screen.findByTestId(tid.gridCard(5));
  });

  it("keeps to the opened queue when a college is chosen, and says so", async () => {
    const [here, there] = ["文学院", "理学院"];
    for (const item of bridge.items.values()) {
      item.verdict = item.submission % 2 === 0 ? "pass" : "warn";
      item.college = item.submission % 3 === 0 ? here : there;
    }
    bridge.handlers.queue_counts = () => [
      { queue: "clear", title: "全部合格", count: 20 },
      { queue: `college:${here}`, title: here, count: 13 },
    ];
    await open("grid");
    await screen.findByTestId(tid.grid);
    fireEvent.mouseDown(within(screen.getByTestId(tid.filter("college"))).getByRole("combobox"));
    fireEvent.click(await screen.findByText(`${here}（13）`));
    await waitFor(() => expect(calls("queue_filter")).toHaveLength(1));
    expect(calls("queue_filter")[0]?.args).toMatchObject({ queues: ["clear"], colleges: [here] });
    await waitFor(() => expect(screen.getByTestId(tid.gridTotal).textContent).toContain("打开时 6 张"));
    expect(screen.getByTestId(tid.filter("state")).textContent).toContain("全部合格");
  });

  it("goes back to the queue that was open when the filter is cleared", async () => {
    await open("grid");
    await screen.findByTestId(tid.grid);
    const box = screen.getByLabelText(zh.filter.search);
    fireEvent.change(box, { target: { value: bridge.items.get(5)?.name ?? "" } });
    await waitFor(() => expect(calls("queue_filter").length).toBe(1));
    fireEvent.change(box, { target: { value: "" } });
    const opened = () => calls("queue_open").map(({ args }) => (args as QueueOpen).queue);
    await waitFor(() => expect(opened()).toEqual(["clear", "clear"]));
  });
});

describe("sampling", () => {
  it("draws for the chosen limit, and offers release only when the sample is clean", async () => {
    await open("bulk");
    fireEvent.click(await screen.findByText(zh.bulk.limitSlow(1, "516", "484")));
    // Where looking takes more than it saves, the sample is not what is offered first.
    expect(screen.getByTestId(tid.bulkDraw).className).not.toContain("primary");
    expect(screen.getByTestId(tid.bulkDesk).className).toContain("primary");
    fireEvent.click(screen.getByTestId(tid.bulkDraw));
    const panel = await screen.findByTestId(tid.bulkPlan);
    expect(calls("sample_plan")[0]?.args).toEqual({ round: 1, defect_limit_permille: 10 });
    expect(panel.dataset.state).toBe("reviewing");
    expect(screen.queryByTestId(tid.bulkRelease)).toBeNull();
    fireEvent.click(screen.getByTestId(tid.bulkWithdraw));
    fireEvent.click(await screen.findByTestId(tid.bulkWithdrawYes));
    await screen.findByText(zh.bulk.withdrawn);
    expect(await screen.findByTestId(tid.bulkDraw)).toBeTruthy();
  });

  it("takes a release back after a question, also behind later acts, and never by a second click", async () => {
    const drawn = () => bridge.call("sample_plan", { round: 1, defect_limit_permille: 20 });
    const [first, second] = [await drawn(), await drawn()];
    for (const plan of [first, second]) Object.assign(plan, { state: "released" });
    bridge.handlers.sample_plans = () => [second, first];
    bridge.handlers.sample_take_back = ({ plan }) => {
      Object.assign(plan === first.plan ? first : second, { state: "withdrawn" });
      return { act: { summary: "已撤销：抽样批量通过", item: null, items: [], total: 0 } };
    };
    await open("bulk");
    const past = within(await screen.findByTestId(tid.bulkPast(first.plan)));
    const button = past.getByTestId(tid.bulkTakeBack);
    for (let click = 0; click < 2; click += 1) fireEvent.click(button);
    expect(calls("sample_take_back")).toEqual([]);
    fireEvent.click(await screen.findByTestId(tid.bulkTakeBackYes));
    await screen.findByText("已撤销：抽样批量通过");
    expect(calls("sample_take_back").map((call) => call.args)).toEqual([{ plan: first.plan }]);
    expect(past.queryByTestId(tid.bulkTakeBack)).toBeNull();
  });

  it("says of a plan whose sample can be decided on no more that it is to be given up", async () => {
    const plan = await bridge.call("sample_plan", { round: 1, defect_limit_permille: 20 });
    Object.assign(plan, { gone: 8 });
    await open("bulk");
    expect((await screen.findByTestId(tid.bulkPlan)).textContent).toContain(zh.bulk.gone(8));
  });

  it("leads on to what waits where nothing is left to sample", async () => {
    bridge.handlers.sample_offer = () => ({ set: 0, carried: 0, unpicked: 0, sizes: [] });
    await open("bulk");
    fireEvent.click(await screen.findByTestId(tid.bulkPending));
    await screen.findByTestId(tid.desk);
    expect(calls("queue_open").at(-1)?.args).toMatchObject({ queue: "pending" });
  });

  it("leads to the import where there are no photos yet", async () => {
    bridge.handlers.sample_offer = () => ({ set: 0, carried: 0, unpicked: 0, sizes: [] });
    const status = bridge.handlers.app_status;
    bridge.handlers.app_status = async (none) => {
      if (!status) throw new Error("no status");
      const whole = await status(none);
      return { ...whole, rounds: whole.rounds.map((card) => ({ ...card, submitted: 0 })) };
    };
    await open("bulk");
    await screen.findByText(zh.bulk.noPhotos);
    expect(screen.queryByTestId(tid.bulkPending)).toBeNull();
    fireEvent.click(screen.getByTestId(tid.bulkPhotos));
    await screen.findByTestId(tid.photosFolder);
  });
});
