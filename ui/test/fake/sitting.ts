/** A sitting at the desk without a page: opened over a queue, painted and pressed by hand. */

import { Outbox } from "../../src/app/outbox";
import type { DecideRequest } from "../../src/bindings/wire";
import { DEFAULT_KEYS, keyOf } from "../../src/desk/keymap";
import { DeskSession } from "../../src/desk/session";
import type { DecisionKind, SessionHost } from "../../src/desk/snapshot";
import { Unsent } from "../../src/desk/unsent";
import { zh } from "../../src/zh";
import type { FakeBridge } from "./fakeBridge";

/** Lets every promise that is ready go on. */
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export async function sitAt(bridge: FakeBridge, queue: string, part: Partial<SessionHost> = {}) {
  const opened = await bridge.call("queue_open", { round: 1, queue, limit: null });
  const host: SessionHost = {
    bridge,
    outbox: new Outbox(),
    unsent: new Unsent(),
    round: 1,
    reviewer: () => bridge.reviewer,
    barred: () => (bridge.reviewer === "" ? zh.desk.hint.reviewer : null),
    changed: () => undefined,
    unseen: () => undefined,
    now: () => 0,
    keyOf: (act) => keyOf(DEFAULT_KEYS, act),
    ...part,
  };
  const session = new DeskSession(host, opened);
  await settle();
  return session;
}

/** What the screen does once the current photo stands on it. */
export function paint(session: DeskSession) {
  const { shown } = session.snapshot();
  const item = session.item();
  if (shown && item) session.markPainted(item.submission);
}

/** A key on a photo that was seen. */
export async function press(session: DeskSession, kind: DecisionKind) {
  await settle();
  paint(session);
  session.decide(kind);
}

export const sent = (bridge: FakeBridge) =>
  bridge.calls.filter((call) => call.name === "submission_decide").map((call) => call.args as DecideRequest);

/** Somebody at another seat decides on the photo as it stands. */
export async function elsewhere(bridge: FakeBridge, reviewer: string, submission: number, kind: string) {
  const mine = bridge.reviewer;
  bridge.reviewer = reviewer;
  await bridge.handlers.submission_decide?.({
    submission,
    seen_decision: bridge.decisions.get(submission)?.decision_id ?? null,
    seen_student: bridge.items.get(submission)?.student_no ?? "",
    second: false,
    kind,
    reasons: kind === "rejected" ? [{ code: null, text: "请换照片" }] : [],
    note: "",
  });
  bridge.reviewer = mine;
}
