/** What the desk shows at one moment, and what a sitting needs of the app around it. Types only. */

import type { Outbox } from "../app/outbox";
import type { Failure, QueueItem, SubmissionView } from "../bindings/wire";
import type { Bridge } from "../bridge/bridge";
import type { ActName } from "./keymap";
import type { Choice } from "./picking";
import type { Draft } from "./reasons";
import type { Picture } from "./shelf";
import type { Unsent } from "./unsent";
import type { Upcoming } from "./upcoming";
import type { ShelvedView } from "./views";

export type DecisionKind = "approved" | "rejected" | "held";

export interface Snapshot {
  title: string;
  queue: string;
  items: readonly QueueItem[];
  /** Photos of the queue, also those on their way. */
  total: number;
  index: number;
  view: SubmissionView | null;
  viewFailure: Failure | null;
  picture: Picture | null;
  /** What a decision leads to, once it can be shown. */
  upcoming: Upcoming | null;
  /** View and picture of the current photo are there to be shown. */
  shown: boolean;
  /** The current photo stands on the screen: deciding keys count from now on. */
  painted: boolean;
  draft: Draft;
  /** What there is of the photo that a press would take, while photos are picked among; of the current one else. */
  framed: ShelvedView;
  /** Codes of the findings on the framed photo that the reviewer called wrong. */
  disputed: ReadonlySet<string>;
  /** The strip that asks for reasons is open. */
  strip: boolean;
  /** The end was reached; deciding rests until the reviewer moves. */
  finished: boolean;
  /** Photos of the queue that were neither decided here nor before. */
  skipped: number;
  /** Decisions that were refused; keys rest until this is put away. */
  banner: {
    text: string;
    failure: Failure;
    /** The newer photo of the student that the refused one was replaced by. */
    newer: number | null;
  } | null;
  hint: { text: string; serial: number } | null;
  /** What an undo would take back that is first asked about; keys rest until it is answered. */
  asked: string | null;
  /** How many photos came together with this one, itself among them, of which nobody picked one yet; 0 when none is to be. */
  toPick: number;
  /** They stand beside each other, and one of them is being picked; keys mean that. */
  pick: Choice | null;
  /** Acts on their way to the disk. */
  sending: number;
  decided: number;
  secondsPerPhoto: number | null;
}

export interface SessionHost {
  bridge: Bridge;
  /** By which everything is sent, in order. */
  outbox: Outbox;
  /** Where what is written and not sent outlives this sitting. */
  unsent: Unsent;
  round: number;
  /** The name of who sits here; empty without one. */
  reviewer: () => string;
  /** Why nothing can be decided here: nobody has signed (the name is asked for then), or the round has ended. */
  barred: () => string | null;
  /** A decision stands or fell: counts elsewhere are stale. */
  changed: () => void;
  /** A decision was refused while nobody was looking at the desk; all photos that came back so. */
  unseen: (failure: Failure, photos: QueueItem[]) => void;
  now: () => number;
  /** The key an act has now, to be named in a hint; empty without one. */
  keyOf: (act: ActName) => string;
}
