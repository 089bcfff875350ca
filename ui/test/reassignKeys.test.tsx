/** While it is asked whose photo it is, no key means the photo under the box, and the box is that photo's alone. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { painted, press, sent } from "./fake/deskKeys";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";

async function openBox(bridge: FakeBridge, submission: number) {
  fireEvent.contextMenu(screen.getByTestId(tid.photo));
  fireEvent.click(await screen.findByTestId(tid.menuEntry("reassign")));
  await screen.findByTestId(tid.reassignDo);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.pileSearch(submission))));
  return bridge;
}

it("decides nothing by a key that goes to the page", async () => {
  const bridge = fakeBridge(4);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  await openBox(bridge, 1);
  for (const code of ["KeyF", "KeyD", "KeyS", "KeyZ", "ArrowRight"])
    fireEvent.keyDown(document.body, { code });
  expect(sent(bridge)).toEqual([]);
  expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(false);
  expect(screen.getByTestId(tid.desk).dataset.submission).toBe("1");
  fireEvent.click(document.querySelector(".ant-modal-close") as HTMLElement);
  await waitFor(() => expect(screen.queryByTestId(tid.reassignDo)).toBeNull());
  fireEvent.keyDown(document.body, { code: "KeyF" });
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
});

it("goes with its photo, and does not come back with it", async () => {
  const bridge = fakeBridge(4);
  let refuse: () => void = () => undefined;
  const answer = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  bridge.handlers.submission_decide = async () => {
    await answer;
    throw failure("磁盘已满");
  };
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  press("KeyF");
  await painted(2);
  await openBox(bridge, 2);
  refuse();
  await painted(1);
  await waitFor(() => expect(screen.queryByTestId(tid.reassignDo)).toBeNull());
  press("Escape");
  press("ArrowRight");
  await painted(2);
  expect(screen.queryByTestId(tid.reassignDo)).toBeNull();
});
