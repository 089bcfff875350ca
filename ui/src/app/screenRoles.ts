/** Which command a screen reads by, and which its work is: whoever may not read it does not come in. */
import type { CommandName } from "../bridge/bridge";
import { zh } from "../zh";
import type { Screen } from "./context";

/** Screens that show nothing without this. */
export const READS: Partial<Record<Screen, CommandName>> = {
  roster: "roster_preview",
  students: "student_list",
  scope: "scope_show",
  photos: "pile_list",
  desk: "queue_open",
  grid: "grid_cards",
  bulk: "sample_offer",
  second: "review_list",
  notices: "notice_list",
  fees: "fee_list",
  standard: "standard_show",
  delivery: "delivery_preview",
};

/** The work of the screen as a whole; where only parts are for some, these parts say so themselves. */
export const ACTS: Partial<Record<Screen, CommandName>> = {
  roster: "roster_commit",
  scope: "scope_set",
  photos: "photos_import",
  desk: "submission_decide",
  grid: "grid_commit",
  bulk: "sample_plan",
  second: "review_choose",
  notices: "notice_mark",
  fees: "fee_set",
  standard: "standard_save",
};

/** What that work is, where the screen may be looked at without it and its keys do something else than its title says. */
const WORK: Partial<Record<Screen, string>> = { desk: zh.desk.deciding, grid: zh.grid.deciding };

export function workOf(screen: Screen): { act?: string } {
  const act = WORK[screen];
  return act === undefined ? {} : { act };
}
