/** How fast this sitting goes. Not a statistic of the reviewer: nothing here is stored. */

const KEPT = 30;
/** A longer gap is a telephone call, not a photo. */
const PAUSE_MS = 60_000;

export class Pace {
  private last: number | null = null;
  private gaps: number[] = [];

  /** A decision was made at `now`, ms. */
  tick(now: number): void {
    if (this.last !== null && now - this.last < PAUSE_MS) {
      this.gaps.push(now - this.last);
      if (this.gaps.length > KEPT) this.gaps.shift();
    }
    this.last = now;
  }

  /** Seconds per photo: the median of the last decisions; `null` before the third. */
  secondsPerPhoto(): number | null {
    if (this.gaps.length < 2) return null;
    const sorted = this.gaps.toSorted((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? 0) / 1000;
  }
}
