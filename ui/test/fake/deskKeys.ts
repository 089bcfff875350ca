/** The desk driven by keys in a test: presses, what was sent, and which photo stands there painted. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createElement } from "react";
import { expect } from "vitest";
import { App } from "../../src/app/App";
import type { DecideRequest } from "../../src/bindings/wire";
import { tid } from "../../src/testids";
import type { FakeBridge } from "./fakeBridge";

export const press = (code: string, part: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { code, ...part });
export const sent = (bridge: FakeBridge) =>
  bridge.calls.filter((call) => call.name === "submission_decide").map((call) => call.args as DecideRequest);
/** Some photo, or just this one. */
export const painted = (submission?: number) =>
  waitFor(() => {
    const { dataset } = screen.getByTestId(tid.desk);
    const stands = submission === undefined ? dataset.submission : String(submission);
    expect([dataset.painted, dataset.submission]).toEqual(["true", stands]);
  });
/** The app at the desk of the first round, its first photo painted. */
export async function openDesk(bridge: FakeBridge) {
  render(createElement(App, { bridge, start: { screen: "desk", round: 1 } }));
  await painted();
}
