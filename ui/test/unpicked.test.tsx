/** Photos of which nobody picked one yet, where many are approved at once: not to be ticked on the grid, and counted. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { PageCommit } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { withBulk } from "./fake/bulkBridge";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";

let bridge: FakeBridge;
const commits = () =>
  bridge.calls.filter((call) => call.name === "grid_commit").map((call) => call.args as PageCommit);

beforeEach(() => {
  bridge = withBulk(fakeBridge(6));
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(660);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(960);
  for (const item of bridge.items.values()) item.verdict = "pass";
  const { grid_cards: cards, grid_commit: commit } = bridge.handlers;
  bridge.handlers.grid_cards = async (args) =>
    ((await cards?.(args)) ?? []).map((card) => ({ ...card, unpicked: card.submission === 2 }));
  bridge.handlers.grid_commit = async ({ approve, ...rest }) => {
    const open = approve.filter(({ submission }) => submission !== 2);
    const done = await commit?.({ ...rest, approve: open });
    return { items: done?.items ?? [], unpicked: approve.length - open.length };
  };
});

it("comes unticked with the reason on its card, and no hand ticks it before one is picked", async () => {
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending" }} />);
  const grid = await screen.findByTestId(tid.grid);
  const card = await screen.findByTestId(tid.gridCard(2));
  await waitFor(() => expect(card.textContent).toContain(zh.grid.unpicked));
  expect(card.getAttribute("aria-selected")).toBe("false");
  await waitFor(() => expect(grid.querySelectorAll("img")).toHaveLength(6));
  for (const image of grid.querySelectorAll("img")) fireEvent.load(image);
  // Nothing was found on it, and there is nothing to tick.
  expect(card.querySelector(".card-worst")?.textContent).toBe(zh.grid.goPick);
  expect(card.querySelector(".card-mark")).toBeNull();
  const refused = () => {
    expect(screen.getByTestId(tid.gridSaid).textContent).toBe(zh.grid.pickFirst);
    expect(within(grid).getByTestId(tid.gridCard(2)).getAttribute("aria-selected")).toBe("false");
    expect(screen.getByTestId(tid.gridCommit).textContent).toContain(zh.grid.commit(5));
  };
  fireEvent.click(card);
  refused();
  fireEvent.keyDown(grid, { code: "Space" });
  refused();
  fireEvent.keyDown(grid, { code: "Enter" });
  await waitFor(() => expect(commits()).toHaveLength(1));
  expect(commits()[0]?.approve.map((one) => one.submission)).toEqual([1, 3, 4, 5, 6]);
  await waitFor(() => expect(screen.getByTestId(tid.gridSaid).textContent).toBe(zh.grid.committed(5, 1)));
});

it("leads to the desk, where one is picked, and ticks nothing on the way", async () => {
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending" }} />);
  fireEvent.click(await screen.findByTestId(tid.gridPick(2)));
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("2"));
});

it("is counted apart and unticked where it is to be picked only since its card was read", async () => {
  const cards = bridge.handlers.grid_cards;
  bridge.handlers.grid_cards = async (args) =>
    ((await cards?.(args)) ?? []).map((card) => ({ ...card, unpicked: false }));
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending" }} />);
  const grid = await screen.findByTestId(tid.grid);
  await waitFor(() => expect(grid.querySelectorAll("img")).toHaveLength(6));
  for (const image of grid.querySelectorAll("img")) fireEvent.load(image);
  await waitFor(() => expect(grid.querySelectorAll('[aria-busy="false"]')).toHaveLength(6));
  fireEvent.keyDown(grid, { code: "Enter" });
  await waitFor(() => expect(screen.getByTestId(tid.gridSaid).textContent).toBe(zh.grid.committed(5, 0, 1)));
  expect(screen.getByTestId(tid.gridCard(2)).getAttribute("aria-selected")).toBe("false");
});

it("is counted beside the sample it is left out of, also where nothing else is left", async () => {
  const offer = bridge.handlers.sample_offer;
  if (!offer) throw new Error("no offer");
  bridge.handlers.sample_offer = async (args) => ({ ...(await offer(args)), unpicked: 3 });
  const { unmount } = render(<App bridge={bridge} start={{ screen: "bulk", round: 1 }} />);
  expect((await screen.findByTestId(tid.bulkUnpicked)).textContent).toBe(zh.bulk.unpicked("3"));
  unmount();
  bridge.handlers.sample_offer = () => ({ set: 0, carried: 0, unpicked: 3, sizes: [] });
  render(<App bridge={bridge} start={{ screen: "bulk", round: 1 }} />);
  await screen.findByTestId(tid.bulkPending);
  expect(screen.getByTestId(tid.bulkUnpicked)).toBeTruthy();
});
