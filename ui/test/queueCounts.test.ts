/** The counts beside the desk: at most so old while keys come, and at once where asked. */
import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { AppContextValue } from "../src/app/context";
import { useQueueCounts } from "../src/screens/desk/useQueueCounts";
import { fakeBridge } from "./fake/fakeBridge";

afterEach(() => vi.useRealTimers());

function counted() {
  vi.useFakeTimers();
  const bridge = fakeBridge(3);
  const app = { current: { bridge, refresh: async () => {} } as unknown as AppContextValue };
  const hook = renderHook(() => useQueueCounts(1, app, () => {}));
  const times = () => bridge.calls.filter((call) => call.name === "queue_counts").length;
  return { hook, times };
}

it("is read while keys come without a rest", () => {
  const { hook, times } = counted();
  for (let key = 0; key < 20; key += 1) {
    act(() => hook.result.current.later());
    act(() => void vi.advanceTimersByTime(400));
  }
  expect(times()).toBe(2);
});

it("is read once when the fingers rest, and at once where asked", () => {
  const { hook, times } = counted();
  act(() => hook.result.current.later());
  act(() => hook.result.current.later());
  act(() => void vi.advanceTimersByTime(699));
  expect(times()).toBe(0);
  act(() => void vi.advanceTimersByTime(1));
  expect(times()).toBe(1);
  act(() => hook.result.current.later());
  act(() => hook.result.current.now());
  expect(times()).toBe(2);
  act(() => void vi.advanceTimersByTime(5000));
  expect(times()).toBe(2);
});
