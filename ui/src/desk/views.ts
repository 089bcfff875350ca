/**
 * Everything about the photos around the current one, asked for ahead of time. An answer that was
 * overtaken by an act on its photo, or by word that it is out of date, is thrown away and asked for again.
 */
import type { Failure, SubmissionView } from "../bindings/wire";
import { asFailure, type Bridge } from "../bridge/bridge";
import { zh } from "../zh";

export interface ShelvedView {
  view: SubmissionView | null;
  failure: Failure | null;
}

export interface ViewShelfHost {
  /** Changes with every act on the submission, begun or ended. */
  stamp: (submission: number) => string;
  /** A view came; `null` when it could not be read. */
  arrived: (submission: number, view: SubmissionView | null) => void;
}

export class ViewShelf {
  private kept = new Map<number, ShelvedView>();
  private stale = new Set<number>();
  private asking = new Set<number>();
  private wanted = new Set<number>();

  constructor(
    private readonly bridge: Bridge,
    private readonly host: ViewShelfHost,
  ) {}

  /** Keeps exactly these, asking for what is missing or stale in the order given. */
  keep(submissions: readonly number[]): void {
    this.wanted = new Set(submissions);
    for (const submission of this.kept.keys()) if (!this.wanted.has(submission)) this.kept.delete(submission);
    for (const submission of this.wanted) {
      if (!this.kept.has(submission) || this.stale.has(submission)) void this.ask(submission);
    }
  }

  get(submission: number): ShelvedView | null {
    return this.kept.get(submission) ?? null;
  }

  /** What is kept of it is out of date: shown still, asked for again when next wanted. */
  forget(submission: number): void {
    if (this.kept.get(submission)?.failure) this.kept.delete(submission);
    this.stale.add(submission);
  }

  /** What is kept of it must not be shown any more. */
  drop(submission: number): void {
    this.kept.delete(submission);
    this.stale.add(submission);
  }

  private async ask(submission: number): Promise<void> {
    if (this.asking.has(submission)) return;
    this.asking.add(submission);
    this.stale.delete(submission);
    const before = this.host.stamp(submission);
    let shelved: ShelvedView;
    try {
      shelved = { view: await this.bridge.call("submission_show", { submission }), failure: null };
    } catch (thrown) {
      shelved = { view: null, failure: asFailure(thrown, zh.failure.host) };
    }
    this.asking.delete(submission);
    if (!this.wanted.has(submission)) return;
    if (this.host.stamp(submission) !== before || this.stale.has(submission)) {
      void this.ask(submission);
      return;
    }
    this.kept.set(submission, shelved);
    this.host.arrived(submission, shelved.view);
  }
}
