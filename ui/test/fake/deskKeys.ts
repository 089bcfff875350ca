/** The desk driven by keys in a test: presses, what was sent, and which photo stands there painted. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import type { DecideRequest } from "../../src/bindings/wire";
import { tid } from "../../src/testids";
import type { FakeBridge } from "./fakeBridge";

export const press = (code: string) => fireEvent.keyDown(document.activeElement ?? document.body, { code });
export const sent = (bridge: FakeBridge) =>
  bridge.calls.filter((call) => call.name === "submission_decide").map((call) => call.args as DecideRequest);
export const painted = (submission: number) =>
  waitFor(() => {
    const { dataset } = screen.getByTestId(tid.desk);
    expect([dataset.painted, dataset.submission]).toEqual(["true", String(submission)]);
  });
