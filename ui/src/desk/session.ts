/**
 * One sitting at the desk over a queue that was frozen when it was opened. Decides at once and sends in
 * order behind the screen. A key acts only on the photo that is painted. Not a React component and not a
 * store of truth: the station has the last word, and a decision it refuses brings its photo back.
 */
import type { Failure, QueueItem, QueueOpened, Reason, SubmissionView, UndoneAct } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";
import { Chord } from "./chord";
import { Disputes } from "./disputes";
import { Drafts } from "./drafts";
import { Flights } from "./flights";
import { Instead } from "./instead";
import { changedSince, exchanged, failingOf, isOpen, nextUndo, refusals, requestOf, stands } from "./judging";
import { Line } from "./line";
import { Losses, replacedBy } from "./losses";
import { Pace } from "./pace";
import { Picking, toPick } from "./picking";
import { chosen, type Draft, setPreset, toggle } from "./reasons";
import { PhotoShelf } from "./shelf";
import type { DecisionKind, SessionHost, Snapshot } from "./snapshot";
import { Standing } from "./standing";
import { Strip } from "./strip";
import { framedOf, keepAround, shownOf, upcomingOf } from "./upcoming";
import { ViewShelf } from "./views";

export class DeskSession {
  private readonly line = new Line();
  /** Photos of the queue, those on their way included. */
  private total: number;
  private index = 0;
  private readonly drafts: Drafts;
  private readonly acted = new Set<number>();
  private readonly flights = new Flights();
  private readonly standing = new Standing();
  /** The photo that a decision led to. */
  private ledTo: number | null = null;
  private readonly pictures: PhotoShelf;
  private readonly views: ViewShelf;
  private readonly pace = new Pace();
  private readonly listeners = new Set<() => void>();
  private paintedOf: number | null = null;
  readonly chord = new Chord();
  private readonly strip = new Strip();
  private finished = false;
  private undoing = 0;
  private readonly disputes = new Disputes(this, {
    enqueue: (task) => this.enqueue(task),
    preset: (item, code, on) => this.drafts.write(item, setPreset(this.draft(), code, on)),
    presetAgain: (item, code, on) => this.drafts.preset(item, code, on),
    stale: (submission) => this.views.forget(submission),
  });
  readonly picking = new Picking(this, () => {
    this.wantAround();
    this.emit();
  });
  private readonly instead = new Instead(this, {
    enqueue: (task) => this.enqueue(task),
    exchange: (submission, item) => this.exchange(submission, item),
    refused: (submission) => this.readAnew(submission),
    chosen: () => this.chord.taken(),
  });
  private failures = 0;
  private readonly losses = new Losses();
  private asked: Awaited<ReturnType<typeof nextUndo>> | null = null;
  private hint: Snapshot["hint"] = null;
  private serial = 0;
  private current!: Snapshot;

  constructor(
    readonly host: SessionHost,
    private readonly opened: QueueOpened,
  ) {
    this.drafts = new Drafts(host.unsent);
    for (const item of this.line.add(opened.items)) this.standing.know(item);
    this.total = opened.total;
    this.pictures = new PhotoShelf(
      (photo) => host.bridge.photoUrl("preview", photo),
      (photo) => {
        if (this.item()?.photo === photo) this.emit();
      },
    );
    this.views = new ViewShelf(host.bridge, {
      stamp: (submission) => this.flights.stamp(submission),
      arrived: (submission, view) => this.viewArrived(submission, view),
    });
    const left = this.line.items.findIndex((item) => isOpen(item) && host.unsent.waits(item));
    this.index = left >= 0 ? left : Math.max(0, this.line.items.findIndex(isOpen));
    this.strip.at(left >= 0);
    this.wantAround();
    this.refreshSnapshot();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.current;

  item(): QueueItem | null {
    return this.line.items[this.index] ?? null;
  }

  /** The screen reports that this submission's photo has been painted. */
  markPainted(submission: number): void {
    const item = this.item();
    if (item?.submission !== submission || !this.current.shown || this.paintedOf === submission) return;
    this.paintedOf = submission;
    this.emit();
  }

  /** Decides on the painted photo and goes on; says why when it does not. */
  decide(kind: DecisionKind): void {
    const item = this.item();
    if (!item) return;
    if (kind === "rejected" && this.chord.reject(item.submission, this.host.now())) {
      this.say(zh.desk.hint.rejectEarly(this.host.keyOf("reject")));
      return;
    }
    const draft = this.draft();
    const { note } = draft;
    const reasons = kind === "rejected" ? chosen(draft) : [];
    const isStanding = stands(this.current, item, { kind, reasons, note }, this.host.reviewer());
    const refusal =
      refusals.ofDecision(this.current, kind, this.underWay(), this.host) ??
      (isStanding ? null : this.standing.ask(item.submission, kind, this.host.now()));
    if (refusal !== null) {
      this.chord.refused(this.host.now());
      this.say(refusal);
      if (refusal === zh.desk.hint.notPainted) this.chord.cameBefore(this.hint, this.host.now());
      return;
    }
    if (this.current.toPick > 0) {
      this.chord.refused(this.host.now());
      this.hint = null;
      this.picking.begin();
      return;
    }
    if (kind === "rejected" && reasons.length === 0) {
      this.strip.begin(draft);
      this.emit();
      return;
    }
    this.hint = this.chord.stillSaid(this.host.now());
    const isSent = this.flights.isUnderWay(item.submission);
    const changes = isSent || !isStanding;
    if (changes) this.send(item, kind, reasons, note);
    this.acted.add(item.submission);
    if (changes) this.chord.taken();
    else this.chord.refused(this.host.now());
    this.pace.tick(this.host.now());
    const failing = kind === "approved" ? failingOf(this.current) : 0;
    this.advance();
    if (!changes) this.also(zh.desk.hint.unchanged(item.name, zh.decision[kind] ?? ""));
    else if (failing > 0) this.also(zh.desk.hint.passedFailing(item.name, failing, this.host.keyOf("undo")));
  }

  private underWay = () => (this.undoing > 0 ? zh.desk.hint.undoing : this.instead.underWay());

  /** Turns the tick of a line of the photo's own reasons over, unless the digit was meant for the photo before. */
  toggleReason(index: number): void {
    const { submission } = this.item() ?? { submission: 0 };
    if (this.chord.digit(submission, this.host.now())) this.say(zh.desk.hint.digitEarly);
    else if (index < this.draft().reasons.length) this.changeDraft((draft) => toggle(draft, index));
    else this.say(zh.desk.hint.noReason(index + 1));
  }

  /** With the key `held` down, only from a photo that has been seen: letting go ends it where the eye is. */
  move(step: 1 | -1, held = false): void {
    if (held && !this.current.painted && this.current.viewFailure === null) return;
    const wanted = this.index + step;
    if (wanted < 0 || wanted >= this.line.items.length) {
      this.finished = this.finished && step > 0;
      const skipped = this.line.items.slice(0, this.index).filter(this.isSkipped).length;
      this.say(step > 0 ? zh.desk.hint.last(skipped, this.host.keyOf("previous")) : zh.desk.hint.first);
      return;
    }
    this.goTo(wanted);
  }

  goTo(index: number): void {
    if (index < 0 || index >= this.line.items.length) return;
    this.finished = false;
    this.hint = null;
    this.jump(index);
  }

  /** Goes to the first photo that was passed over. */
  goToSkipped = (): void => this.goTo(this.line.items.findIndex(this.isSkipped));

  private isSkipped = (item: QueueItem) => isOpen(item) && !this.acted.has(item.submission);

  undo = (): void => this.takeBack("act_undo");
  redo = (): void => this.takeBack("act_redo");

  /** Whether what was asked about is really to be taken back. */
  answer(yes: boolean): void {
    const asked = this.asked;
    if (asked === null) return;
    this.asked = null;
    this.emit();
    this.chord.taken();
    if (yes) this.takeBack("act_undo", { ...asked, ask: null });
  }

  changeDraft(change: (draft: Draft) => Draft): void {
    const item = this.item();
    if (!item || !this.current.view) return;
    this.drafts.write(item, change(this.draft()));
    this.emit();
  }

  /** Calls a finding of the current photo wrong, or right again. */
  dispute = (code: string): void => this.disputes.press(code);

  /** Makes another photo of the student the one that counts, and shows it in the place of this one. */
  choose = (submission: number): void => this.instead.choose(submission);

  /** Shows the student's newer photo, which the refused one was replaced by, in the place of that one. */
  showNewer(): void {
    const submission = this.current.banner?.newer;
    if (!submission) return;
    this.losses.clear();
    const at = this.line.placeOf(submission);
    if (at !== undefined) this.goTo(at);
    else this.instead.showNewer(submission);
  }

  openStrip(open: boolean): void {
    const item = this.item();
    if (open && this.current.view) this.strip.begin(this.draft());
    else if (item && this.strip.open) this.drafts.write(item, this.strip.cancel(this.draft()));
    this.emit();
  }

  /** Puts the banner, the strip or the hint away: the nearest one first. */
  dismiss(): void {
    if (this.strip.open) this.openStrip(false);
    else this.losses.clear();
    this.hint = null;
    this.emit();
  }

  say(text: string): void {
    this.serial += 1;
    this.hint = { text, serial: this.serial };
    this.emit();
  }

  /** Says it before what was just said. */
  private also(text: string): void {
    this.say(this.hint ? `${text}；${this.hint.text}` : text);
  }

  /** The submissions of `opened` that this queue does not hold yet. */
  newIn = ({ items }: QueueOpened): QueueItem[] => items.filter((item) => !this.line.has(item.submission));

  /** Takes new submissions on at the queue's end, so that nothing the reviewer has seen moves. */
  append(items: readonly QueueItem[]): void {
    for (const item of this.line.add(items)) this.standing.know(item);
    if (this.finished) this.advance();
    else this.wantAround();
    this.emit();
  }

  /** Takes on the last part of a queue of which the first was opened; nothing in sight moves. */
  complete(last: readonly QueueItem[]): void {
    this.append(last);
    this.total = this.line.items.length;
    this.emit();
  }

  /** Asks again for what could not be read of the current photo. */
  retry(): void {
    const item = this.item();
    if (!item) return;
    if (this.pictures.forgetBroken(item.photo)) this.paintedOf = null;
    this.readAnew(item.submission);
    this.emit();
  }

  /** Resolves when everything decided so far has been answered. */
  settled = (): Promise<void> => this.host.outbox.settled();

  private send(item: QueueItem, kind: DecisionKind, reasons: Reason[], note: string): void {
    const { submission } = item;
    const act = this.flights.leave(item);
    const written = this.host.unsent.draftOf(item);
    this.line.put({ ...item, decision: kind });
    this.enqueue(async () => {
      try {
        const request = requestOf(item, this.flights.seen(submission), { kind, reasons, note });
        const { item: now } = await this.host.bridge.call("submission_decide", request);
        this.flights.land(submission, now);
        this.standing.know(now);
        this.host.unsent.sent(now, written);
        if (this.flights.isLast(submission, act)) this.line.put(now);
      } catch (thrown) {
        this.flights.land(submission, null);
        this.failures += 1;
        this.bringBack(item, act, asFailure(thrown, zh.failure.host));
      }
      this.views.forget(submission);
      if (this.item()?.submission === submission) this.wantAround();
      this.host.changed();
    });
  }

  private bringBack(before: QueueItem, act: number, failure: Failure): void {
    this.host.outbox.refuse(failure);
    const first = this.losses.add(before.submission, failure);
    if (this.listeners.size === 0) this.host.unseen(failure, this.losses.among(this.line.items));
    if (this.flights.isLast(before.submission, act)) {
      this.line.put(this.flights.without(before, this.standing.known.get(before.submission)));
      this.acted.delete(before.submission);
    }
    this.finished = false;
    // What was said of the decision is not so.
    this.hint = null;
    const at = this.line.placeOf(before.submission);
    if (first && at !== undefined) this.jump(at);
  }

  private takeBack(command: "act_undo" | "act_redo", sure: typeof this.asked = null): void {
    const refusal = refusals.ofUndo(this.current, command, this.chord, this.host);
    if (refusal !== null) {
      this.say(refusal);
      return;
    }
    const failuresBefore = this.failures;
    this.undoing += 1;
    this.strip.at(false);
    this.enqueue(async () => {
      try {
        // What was to be undone never came about when a decision before it failed.
        if (this.failures !== failuresBefore) return;
        const next = sure ?? (await nextUndo(this.host, command));
        this.asked = next.ask === null ? null : next;
        if (this.asked !== null) return;
        const { act } = await this.host.bridge.call(command, { round: this.host.round, ...next.seen });
        if (act && act.total > act.items.length)
          for (const item of await changedSince(this.host, this.standing.known))
            this.standsNow(item, item.decision === "");
        this.tookBack(command, act);
      } catch (thrown) {
        this.host.outbox.refuse(this.losses.undoFailed(asFailure(thrown, zh.failure.host)));
      } finally {
        this.undoing -= 1;
        this.host.changed();
      }
    });
    this.emit();
  }

  private tookBack(command: "act_undo" | "act_redo", act: UndoneAct | null): void {
    const undoing = command === "act_undo";
    if (!act) {
      this.say(undoing ? zh.desk.nothingToUndo : zh.desk.nothingToRedo);
      return;
    }
    const pair = exchanged(act.items, (submission) => this.line.has(submission));
    // One act may have been on many photos: none of them may look as if its decision still stood.
    for (const item of [...act.items, ...(act.item ? [act.item] : [])]) this.standsNow(item, undoing);
    if (pair) this.exchange(pair.held, pair.item);
    const at = act.item ? this.line.placeOf(act.item.submission) : undefined;
    if (!pair && at !== undefined) {
      this.finished = false;
      this.jump(at);
    }
    const elsewhere = () => zh.desk.elsewhere(act.summary, undoing ? act.total : 0, this.host.keyOf("undo"));
    this.say(!pair && act.item && at === undefined ? elsewhere() : act.summary);
  }

  /** Takes over how a photo stands after an act that was taken back or done again. */
  private standsNow(item: QueueItem, undoing: boolean): void {
    const { submission } = item;
    if (!this.line.has(submission)) return;
    this.standing.know(item);
    this.flights.act(submission);
    if (undoing) this.acted.delete(submission);
    else this.acted.add(submission);
    this.line.put(item);
    this.views.forget(submission);
  }

  private enqueue(task: () => Promise<void>): void {
    void this.host.outbox.send(task).then(() => this.emit());
  }

  private isDone = (submission: number) => this.acted.has(submission) || this.standing.isOthers(submission);

  /** Goes on to the next photo that nobody is done with, and says which ones somebody else was faster with. */
  private advance(from = this.index + 1): void {
    this.strip.at(false);
    const next = this.line.items.findIndex((item, at) => at >= from && !this.isDone(item.submission));
    this.finished = next < 0;
    const over = this.standing.passedOver(this.line.items.slice(from, next < 0 ? undefined : next));
    if (next >= 0) this.jump(next);
    this.ledTo = this.finished ? null : (this.item()?.submission ?? null);
    if (over === "" || this.hint?.text.includes(over)) this.emit();
    else this.also(over);
  }

  private jump(index: number): void {
    if (index !== this.index) {
      this.index = index;
      this.picking.end();
      this.ledTo = null;
      this.paintedOf = null;
      this.strip.at(this.host.unsent.waits(this.item() ?? undefined));
    }
    this.wantAround();
    this.emit();
  }

  private readAnew(submission: number): void {
    this.views.forget(submission);
    this.wantAround();
  }

  private wantAround = (): void =>
    keepAround(this.line.items, this.index, this.picking.among(), this.views, this.pictures);

  private viewArrived(submission: number, view: SubmissionView | null): void {
    if (view && this.line.has(submission)) {
      this.standing.hear(view, this.host.reviewer(), this.paintedOf === submission);
      this.line.put(view.item);
      // Nothing can be decided on a photo that was replaced: it is none that was left out.
      if (this.losses.has(submission) && replacedBy(view) !== null) this.acted.add(submission);
    }
    if (this.picking.among().includes(submission)) this.emit();
    if (this.item()?.submission !== submission) return;
    // Word came late that somebody else was faster with the next photo: nobody has seen it here.
    const unseen = this.ledTo === submission && this.paintedOf !== submission;
    if (unseen && this.standing.isOthers(submission)) this.advance(this.index);
    else this.emit();
  }

  private exchange(submission: number, item: QueueItem): void {
    const at = this.line.exchange(submission, item);
    if (at === undefined) return;
    this.standing.know(item);
    if (at === this.index) this.paintedOf = null;
    // What was read of it before says otherwise.
    this.views.drop(item.submission);
    this.wantAround();
    this.emit();
  }

  private draft(): Draft {
    const item = this.item();
    return this.drafts.of(item, item && this.views.get(item.submission)?.view, this.host.reviewer());
  }

  private refreshSnapshot(): void {
    const item = this.item();
    const { view, viewFailure, picture, shown } = shownOf(item, this.views, this.pictures);
    const pick = this.picking.of(view);
    const framed = framedOf(pick, item, this.views);
    this.current = {
      title: this.opened.title,
      queue: this.opened.queue,
      items: this.line.items,
      total: Math.max(this.total, this.line.items.length),
      index: this.index,
      view,
      viewFailure,
      picture,
      upcoming: upcomingOf(this.line.items, this.index, this.isDone, this.views, this.pictures),
      shown,
      painted: shown && item !== null && this.paintedOf === item.submission,
      draft: this.draft(),
      framed,
      disputed: this.disputes.of(framed.view),
      strip: this.strip.open,
      finished: this.finished,
      skipped: this.finished ? this.line.items.filter(this.isSkipped).length : 0,
      banner: this.losses.banner(view),
      hint: this.hint,
      asked: this.asked?.ask ?? null,
      toPick: toPick(view).length,
      pick,
      sending: this.host.outbox.waiting(),
      decided: this.acted.size,
      secondsPerPhoto: this.pace.secondsPerPhoto(),
    };
  }

  private emit(): void {
    this.refreshSnapshot();
    for (const listener of this.listeners) listener();
  }
}
