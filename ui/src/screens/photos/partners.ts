/** With which other students' photos those of a pile are the same or look it. */
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { NearPhotoView, PileItem } from "../../bindings/wire";

export type Partners = ReadonlyMap<number, NearPhotoView[]>;
const NONE: Partners = new Map();

/** Those of the photos shown; all at once, so that no card moves twice. */
export function usePartners(items: readonly PileItem[]): Partners {
  const { bridge } = useApp();
  const [partners, setPartners] = useState(NONE);
  useEffect(() => {
    let stale = false;
    const read = async () => {
      const found = new Map<number, NearPhotoView[]>();
      for (const { submission } of items) {
        // Without its partners a card is what it was before: nothing to be told of.
        const view = await bridge.call("submission_show", { submission }).catch(() => null);
        if (stale) return;
        found.set(submission, view?.near_photos.filter((other) => !other.rejected) ?? []);
      }
      setPartners(found);
    };
    void read();
    return () => {
      stale = true;
    };
  }, [bridge, items]);
  return partners;
}

/** The same photos, each followed by those it goes with. */
export function besideEachOther(items: readonly PileItem[], partners: Partners): PileItem[] {
  const left = new Map(items.map((item) => [item.submission, item]));
  const ordered: PileItem[] = [];
  const place = (submission: number) => {
    const item = left.get(submission);
    if (!item) return;
    left.delete(submission);
    ordered.push(item);
    for (const other of partners.get(submission) ?? []) place(other.submission);
  };
  for (const { submission } of items) place(submission);
  return ordered;
}
