/** Which photos the desk is opened over: a queue, a long review, a student that was looked for, nothing at all. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { openDesk, painted, sent } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";

it("reads a long second review no further than the photo to begin with", async () => {
  const bridge = fakeBridge(3);
  const open = bridge.handlers.queue_open;
  bridge.handlers.queue_open = async (args) => {
    if (!open) throw new Error("no queue");
    const opened = await open({ ...args, queue: "pending" });
    if (args.queue !== "second") return opened;
    const items = opened.items.map((item) => ({ ...item, decision: "reviewing" as const }));
    return { ...opened, queue: "second", items, total: 5000 };
  };
  bridge.handlers.queue_more = () => [];
  render(<App bridge={bridge} start={{ screen: "desk", round: 1, queue: "second" }} />);
  await painted(1);
  const asked = bridge.calls.filter((call) => call.name === "queue_open").map((call) => call.args);
  expect(asked).toEqual([{ round: 1, queue: "second", limit: 200 }]);
});

it("finds a student by what is typed above the queues, and brings the photo onto the desk", async () => {
  const bridge = fakeBridge(12);
  await openDesk(bridge);
  const wanted = bridge.items.get(7);
  if (!wanted) throw new Error("no seventh photo");
  bridge.handlers.queue_filter = ({ text }) => {
    const items = [...bridge.items.values()].filter((item) => item.student_no === text);
    return { queue: "", title: "", total: items.length, items };
  };
  const box = screen.getByTestId(tid.deskFind);
  box.focus();
  fireEvent.change(box, { target: { value: "nobody" } });
  expect(await screen.findByText(zh.desk.foundNone)).toBeTruthy();
  fireEvent.change(box, { target: { value: wanted.student_no } });
  await waitFor(() => expect(screen.getByTestId(tid.deskFound).textContent).toContain(wanted.name));
  fireEvent.keyDown(box, { key: "Enter", code: "Enter" });
  await painted(7);
  expect(screen.queryByTestId(tid.deskFound)).toBeNull();
  expect(sent(bridge)).toEqual([]);
});

it("opens of several students the marked one, and none that was not seen", async () => {
  const bridge = fakeBridge(12);
  await openDesk(bridge);
  const all = [...bridge.items.values()];
  let answer: () => void = () => undefined;
  bridge.handlers.queue_filter = async ({ text }) => {
    if (text === "late")
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    return { queue: "", title: "", total: 3, items: all.slice(6, 9) };
  };
  const box = screen.getByTestId(tid.deskFind);
  box.focus();
  fireEvent.change(box, { target: { value: "late" } });
  fireEvent.keyDown(box, { key: "Enter", code: "Enter" });
  await waitFor(() => {
    answer();
    expect(screen.queryByTestId(tid.deskFound)).not.toBeNull();
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(screen.getByTestId(tid.desk).dataset.submission).toBe("1");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) fireEvent.keyDown(box, { key, code: key });
  expect(document.activeElement).toBe(box);
  fireEvent.keyDown(box, { key: "Enter", code: "Enter" });
  await painted(8);
});

it("says that there is nothing to review only once it is known", async () => {
  const bridge = fakeBridge(0);
  const counted = bridge.handlers.queue_counts as NonNullable<typeof bridge.handlers.queue_counts>;
  let answer = () => {};
  const answered = new Promise<void>((done) => {
    answer = done;
  });
  bridge.handlers.queue_counts = async (args) => {
    await answered;
    return counted(args);
  };
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await screen.findByText(zh.desk.reading);
  expect(screen.queryByText(zh.desk.noPhotos)).toBeNull();
  answer();
  await screen.findByText(zh.desk.noPhotos);
});

it("does not ask for a queue to be chosen while the one that was asked for is being read", async () => {
  const bridge = fakeBridge(3);
  const open = bridge.handlers.queue_open as NonNullable<typeof bridge.handlers.queue_open>;
  let answer = () => {};
  const answered = new Promise<void>((done) => {
    answer = done;
  });
  bridge.handlers.queue_open = async (args) => {
    await answered;
    return open(args);
  };
  render(<App bridge={bridge} start={{ screen: "desk", round: 1, queue: "pending" }} />);
  await screen.findByTestId(tid.queue("pending"));
  await screen.findByText(zh.desk.reading);
  expect(screen.queryByText(zh.desk.openQueue)).toBeNull();
  answer();
  await painted(1);
});
