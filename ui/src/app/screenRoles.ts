/** Which command a screen reads by, and which its work is: whoever may not read it does not come in. */
import type { CommandName } from "../bridge/bridge";
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
