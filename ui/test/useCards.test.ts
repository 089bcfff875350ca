/** What stands under the photos of the grid: asked for in parts, and again where it was refused. */
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useCards } from "../src/grid/useCards";
import { withBulk } from "./fake/bulkBridge";
import { fakeBridge } from "./fake/fakeBridge";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ids = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

function watch(photos: number) {
  const bridge = withBulk(fakeBridge(photos));
  const onCards = () => undefined;
  const { result, unmount } = renderHook(() => useCards(bridge, 1, onCards));
  const asked = () =>
    bridge.calls
      .filter((call) => call.name === "grid_cards")
      .map((call) => (call.args as { submissions: number[] }).submissions.length);
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { bridge, result, unmount, asked, pass };
}

it("asks for all in sight, however many", async () => {
  const { result, asked, pass } = watch(450);
  result.current.onSight(ids(450));
  await pass(100);
  expect(asked()).toEqual([200, 200, 50]);
  expect(result.current.card(450)).toBeDefined();
});

it("asks again for what was refused, without a scroll, a few times and no more", async () => {
  const { bridge, result, unmount, asked, pass } = watch(10);
  const answers = bridge.handlers.grid_cards as NonNullable<typeof bridge.handlers.grid_cards>;
  bridge.handlers.grid_cards = () => {
    throw { code: "internal", message: "卡片读不出来", detail: "" };
  };
  result.current.onSight(ids(10));
  await pass(100);
  expect([asked().length, result.current.failure?.message]).toEqual([1, "卡片读不出来"]);
  await pass(60_000);
  expect(asked().length).toBe(4);
  result.current.onSight(ids(10));
  await pass(100);
  bridge.handlers.grid_cards = answers;
  await pass(600);
  expect([asked().length, result.current.failure]).toEqual([6, null]);
  unmount();
  await pass(60_000);
  expect(asked().length).toBe(6);
});
