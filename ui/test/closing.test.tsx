/** The window's end while something is on its way: waited for, asked about, never cut off unasked. */
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Closing } from "../src/app/Closing";
import { Outbox } from "../src/app/outbox";
import { tid } from "../src/testids";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";

let bridge: FakeBridge;
let outbox: Outbox;
let arrive: () => void;
let refuse: (thrown: unknown) => void;
/** What the window was told: true to go, false to stay, null while it waits. */
let told: boolean | null;

beforeEach(() => {
  vi.useFakeTimers();
  bridge = fakeBridge(1);
  outbox = new Outbox();
  told = null;
  render(<Closing bridge={bridge} outbox={outbox} />);
});
afterEach(() => vi.useRealTimers());

const close = () =>
  act(async () => {
    void bridge.close?.().then((go) => {
      told = go;
    });
  });

const send = () =>
  outbox.send(
    () =>
      new Promise<void>((resolve, reject) => {
        arrive = resolve;
        refuse = reject;
      }),
  );

const stage = () => screen.queryByTestId(tid.closingSaid)?.dataset.stage;

it("closes at once with nothing on its way", async () => {
  await close();
  expect(told).toBe(true);
  expect(stage()).toBeUndefined();
});

it("says what it waits for, and closes when that is on the disk", async () => {
  void send();
  await close();
  expect([told, stage()]).toEqual([null, "saving"]);
  expect(screen.getByTestId(tid.closingSaid).textContent).toContain("1 条");
  expect(screen.queryByTestId(tid.closingLeave)).toBeNull();
  await act(async () => arrive());
  expect(told).toBe(true);
});

it("asks when the disk does not answer, and only then offers to lose it", async () => {
  void send();
  await close();
  await act(async () => vi.advanceTimersByTime(8000));
  expect([told, stage()]).toEqual([null, "slow"]);
  fireEvent.click(screen.getByTestId(tid.closingLeave));
  await act(async () => undefined);
  expect(told).toBe(true);
});

it("asks when something was refused; who stays can close later", async () => {
  void send();
  await close();
  await act(async () => refuse(failure("磁盘已满。")));
  expect([told, stage()]).toEqual([null, "refused"]);
  expect(screen.getByTestId(tid.closingSaid).textContent).toContain("磁盘已满");
  fireEvent.click(screen.getByTestId(tid.closingStay));
  await act(async () => undefined);
  expect([told, stage()]).toEqual([false, undefined]);
  await close();
  expect(told).toBe(true);
});

it("is one question however often the window is closed, and staying is not overtaken by the answer", async () => {
  void send();
  await close();
  await close();
  fireEvent.click(screen.getByTestId(tid.closingStay));
  await act(async () => undefined);
  expect([told, stage()]).toEqual([false, undefined]);
  await act(async () => arrive());
  await act(async () => vi.advanceTimersByTime(10_000));
  expect([told, stage()]).toEqual([false, undefined]);
});

it("lets what comes later through after a refusal, in order", async () => {
  const order: string[] = [];
  void outbox.send(async () => {
    throw failure("不行");
  });
  void outbox.send(async () => {
    order.push("second");
  });
  void outbox.send(async () => {
    order.push("third");
  });
  expect(outbox.waiting()).toBe(3);
  await outbox.settled();
  expect([order, outbox.waiting(), outbox.refused().count]).toEqual([["second", "third"], 0, 1]);
});
