/** What every screen may ask of the app around it. Not the screens' own state. */
import { createContext, useContext } from "react";
import type { AppStatus, Failure, JobStarted, JobState, QueueFilter } from "../bindings/wire";
import type { Bridge } from "../bridge/bridge";
import type { UnsentOfAll } from "../desk/unsent";
import type { Outbox } from "./outbox";
import type { Untold } from "./passphrase";
import type { Uncopied } from "./useJob";
import type { Named } from "./useNamed";
import type { Teller } from "./useTeller";

export type Screen =
  | "rounds"
  | "roster"
  | "students"
  | "scope"
  | "photos"
  | "desk"
  | "grid"
  | "bulk"
  | "second"
  | "notices"
  | "fees"
  | "standard"
  | "statistics"
  | "delivery"
  | "reconcile"
  | "log"
  | "people"
  | "help";

/** Where the reviewer is: a screen, the round it shows, and what was asked for on the way there. */
export interface Place {
  screen: Screen;
  round: number | null;
  /** Files dropped on the window that this screen should take up. */
  paths?: string[];
  /** Queue the desk or the grid should open. */
  queue?: string;
  /** What the desk or the grid should list instead of the queue. */
  filter?: QueueFilter;
  /** Code of the rule whose help is shown, and where to go back to. */
  code?: string;
  /** Page of the user guide that help shows. */
  guide?: string;
  /** Page about the program itself that help shows. */
  program?: "doctor" | "diagnostics" | "about";
  from?: Place;
  /** Submission to begin with in that list; without a list the desk opens it alone. */
  submission?: number;
}

/** Screens about everything, whatever round one came from. */
const OF_NO_ROUND: readonly Screen[] = ["rounds", "people", "help"];

/** The round that what is shown there is about. */
export function roundOf(place: Place): number | null {
  return OF_NO_ROUND.includes(place.screen) ? null : place.round;
}

export interface AppContextValue {
  bridge: Bridge;
  status: AppStatus;
  /** Reads rounds and reviewer afresh. */
  refresh: () => Promise<void>;
  place: Place;
  go: (place: Place) => void;
  /** Gives the first person's name, and a PIN unless it is empty. */
  setReviewer: (name: string, pin: string) => Promise<void>;
  /** Takes the status that a command on the seat answered. */
  take: (status: AppStatus) => void;
  /** Locks this window, once what was decided is sent: whoever goes on signs in. */
  lock: () => Promise<void>;
  /** What is on its way to the disk: another reviewer's name and the window's end wait for it. */
  outbox: Outbox;
  /** What was written at the desk and not sent, over a lock and other screens. */
  unsent: UnsentOfAll;
  /** Shows the box that asks for the reviewer's name. */
  askReviewer: () => void;
  /** Does what is signed: at once, or once somebody gave a name. */
  named: Named;
  /** Says something over the screen until the next step or until it is put away; nothing with an empty text. */
  notify: (text: string) => void;
  /** The job under way, or the last one until it is put away. */
  job: JobState | null;
  /** What it was called when it was started here; `null` where its kind says it. */
  jobName: string | null;
  /** Who tells of it on this screen. */
  jobTeller: Teller;
  jobFailure: Failure | null;
  startJob: (starting: Promise<JobStarted>, name?: string) => Promise<void>;
  cancelJob: () => void;
  closeJob: () => void;
  /** Passphrases whose results are gone before anybody said that they were copied. */
  untold: readonly Untold[];
  /** The first of them was copied. */
  toldPassphrase: () => void;
  /** Whose passphrase nobody said was copied: it goes with these screens. */
  uncopied: Uncopied;
}

export const AppContext = createContext<AppContextValue | null>(null);

export function useApp(): AppContextValue {
  const value = useContext(AppContext);
  if (!value) throw new Error("useApp outside of the app");
  return value;
}
