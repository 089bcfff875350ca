/** The current photo, and the one that deciding on it leads to, once everything about them is there. Decides nothing. */
import type { QueueItem, SubmissionView } from "../bindings/wire";
import type { Choice } from "./picking";
import type { PhotoShelf, Picture } from "./shelf";
import type { Snapshot } from "./snapshot";
import type { ShelvedView, ViewShelf } from "./views";

/** How many photos after the current one are kept ready. */
export const AHEAD = 3;

/** What is there of a photo of which nothing came yet: one object, so that nothing is drawn twice for it. */
const NOTHING: ShelvedView = { view: null, failure: null };

/** How many photos before it. */
const BEHIND = 1;

/** The current photo and those kept ready around it, the most wanted first. */
function aroundOf(items: readonly QueueItem[], index: number): QueueItem[] {
  return [
    ...items.slice(index, index + 1 + AHEAD),
    ...items.slice(Math.max(0, index - BEHIND), Math.max(0, index)).reverse(),
  ];
}

/** Has exactly those ready, and what is known of the photos that are picked `among`. */
export function keepAround(
  items: readonly QueueItem[],
  index: number,
  among: readonly number[],
  views: ViewShelf,
  pictures: PhotoShelf,
): void {
  const around = aroundOf(items, index);
  const [first, ...rest] = around.map((item) => item.submission);
  views.keep(first === undefined ? [] : [first, ...among, ...rest]);
  pictures.keep(around.map((item) => item.photo));
}

/** What is there of the current photo; it is `shown` once its view and its picture have come. */
export function shownOf(
  item: QueueItem | null,
  views: ViewShelf,
  pictures: PhotoShelf,
): Pick<Snapshot, "view" | "viewFailure" | "picture" | "shown"> {
  const { view, failure } = (item && views.get(item.submission)) ?? NOTHING;
  const picture = item && pictures.get(item.photo);
  const unshowable = view !== null && view.picture === null;
  const shown = view !== null && (unshowable || (picture !== null && picture.state !== "loading"));
  return { view, viewFailure: failure, picture, shown };
}

/** What is there of the photo that is framed while photos are picked among; of the `current` one where none is. */
export function framedOf(pick: Choice | null, current: QueueItem | null, views: ViewShelf): ShelvedView {
  const framed = pick?.proposed ?? current?.submission;
  return (framed === undefined ? null : views.get(framed)) ?? NOTHING;
}

export interface Upcoming {
  photo: string;
  view: SubmissionView;
  picture: Picture;
}

export function upcomingOf(
  items: readonly QueueItem[],
  index: number,
  isDone: (submission: number) => boolean,
  views: ViewShelf,
  pictures: PhotoShelf,
): Upcoming | null {
  const near = items.slice(index + 1, index + 1 + AHEAD);
  const item = near.find((one) => !isDone(one.submission));
  if (!item) return null;
  const view = views.get(item.submission)?.view;
  const picture = pictures.get(item.photo);
  if (!view?.picture || picture?.state !== "decoded") return null;
  return { photo: item.photo, view, picture };
}
