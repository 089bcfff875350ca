/**
 * Keys that belong together, typed faster than photos change.
 *
 * D, a digit, D is one movement of the hand: D asks for reasons, the digit picks one, D confirms. Where the findings
 * preset the reasons the first D is enough, and the rest of the movement must do nothing to the photo that comes next.
 */
import type { Snapshot } from "./snapshot";

/** An undo this soon after a decision that came too early was meant for that one, ms. */
const MEANT_FOR_EARLY_MS = 1000;

/** A digit this soon after a rejection was meant for the photo before, ms. */
const MEANT_BEFORE_MS = 600;

/** A key that rejects this soon after such a digit belongs to it, ms: nobody has looked at the next photo by then. */
const SAME_MOVEMENT_MS = 1500;

/** That a key came before its photo is said so long at least, ms: the next one that serves must not wipe it out. */
const SAID_MS = 2000;

export class Chord {
  /** What was said of the last key that came before its photo, and when. */
  private before: { hint: Snapshot["hint"]; at: number } | null = null;
  /** When a key that decides changed nothing, if nothing was decided or said of it since. */
  private refusedAt = Number.NEGATIVE_INFINITY;
  /** When the last key that rejects was pressed, whether it was taken or came too early. */
  private rejectedAt = Number.NEGATIVE_INFINITY;
  /** The photo on which a digit came that was meant for the one before, and when. */
  private early: { submission: number; at: number } | null = null;

  /** The photo of which a finding was just called wrong, or right again: no act that an undo takes back. */
  private markedOn: number | null = null;

  /** A key that rejects was pressed on this photo; whether it only ends what was begun on the one before. */
  reject(submission: number, now: number): boolean {
    const { early } = this;
    this.end();
    this.rejectedAt = now;
    return early?.submission === submission && now - early.at < SAME_MOVEMENT_MS;
  }

  /** A digit was pressed on this photo; whether it was meant for the one before. */
  digit(submission: number, now: number): boolean {
    const early = now - this.rejectedAt < MEANT_BEFORE_MS;
    this.early = early ? { submission, at: now } : null;
    return early;
  }

  /** A key that decides changed nothing: it came before its photo, during an undo, or said what stands already. */
  refused(now: number): void {
    this.refusedAt = now;
  }

  /** A key that decides came before its photo, and this was said of it. */
  cameBefore(hint: Snapshot["hint"], at: number): void {
    this.before = { hint, at };
  }

  /** What is to be said still of a key that came before its photo, though another one served since. */
  stillSaid(now: number): Snapshot["hint"] {
    return this.before !== null && now - this.before.at < SAID_MS ? this.before.hint : null;
  }

  /** A finding of this photo was marked: an undo right behind it, still at the photo, is about the mark. */
  marked(submission: number): void {
    this.taken();
    this.markedOn = submission;
  }

  /** A decision was taken: an undo is about that one. */
  taken(): void {
    this.refusedAt = Number.NEGATIVE_INFINITY;
    this.markedOn = null;
  }

  /**
   * An undo was pressed at this photo; what it was meant for, where that is nothing that an undo takes back: a decision
   * that was refused to the same hand right before, or a mark. Said once: the next one is meant.
   */
  undo(submission: number | undefined, now: number): "refused" | "mark" | null {
    const early = now - this.refusedAt < MEANT_FOR_EARLY_MS;
    const mark = this.markedOn !== null && this.markedOn === submission;
    this.taken();
    return mark ? "mark" : early ? "refused" : null;
  }

  /** The movement ended otherwise, by Enter. */
  end(): void {
    this.early = null;
  }
}
