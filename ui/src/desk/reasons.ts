/** The reasons chosen for one photo before it is sent back. Pure; nothing here is stored or sent. */
import type { Reason, ReasonTemplate, SubmissionView } from "../bindings/wire";

/** One line of the list: what the student would read, and whether it is ticked. */
export interface DraftReason extends Reason {
  on: boolean;
}

export interface Draft {
  reasons: readonly DraftReason[];
  note: string;
}

export const EMPTY_DRAFT: Draft = { reasons: [], note: "" };

const same = (a: Reason, b: Reason) => (a.code !== null ? a.code === b.code : a.text === b.text);

/**
 * What the desk starts with: the reasons and the note of a decision that `reviewer` made, else the reasons preset from
 * failing findings. Nobody signs what another wrote.
 */
export function draftOf(view: SubmissionView, reviewer: string): Draft {
  const own = view.decision?.reviewer === reviewer ? view.decision : null;
  const standing = own?.kind === "rejected" ? own.reasons : null;
  const note = own?.note ?? "";
  const wrong = (reason: Reason) => reason.code !== null && view.disputed.includes(reason.code);
  if (!standing)
    return { reasons: view.preset_reasons.map((reason) => ({ ...reason, on: !wrong(reason) })), note };
  const rest = view.preset_reasons.filter((preset) => !standing.some((reason) => same(reason, preset)));
  return {
    reasons: [
      ...standing.map((reason) => ({ ...reason, on: true })),
      ...rest.map((reason) => ({ ...reason, on: false })),
    ],
    note,
  };
}

export function toggle(draft: Draft, index: number): Draft {
  return {
    ...draft,
    reasons: draft.reasons.map((reason, at) => (at === index ? { ...reason, on: !reason.on } : reason)),
  };
}

/** Ticks the reason of a finding or takes its tick away; a draft without it stays as it is. */
export function setPreset(draft: Draft, code: string, on: boolean): Draft {
  if (!draft.reasons.some((reason) => reason.code === code && reason.on !== on)) return draft;
  return {
    ...draft,
    reasons: draft.reasons.map((reason) => (reason.code === code ? { ...reason, on } : reason)),
  };
}

/** Another wording of a line; an emptied line is taken off. */
export function reword(draft: Draft, index: number, text: string): Draft {
  const wanted = text.trim();
  if (wanted === "") return { ...draft, reasons: draft.reasons.filter((_, at) => at !== index) };
  return {
    ...draft,
    reasons: draft.reasons.map((reason, at) =>
      at === index ? { ...reason, text: wanted, on: true } : reason,
    ),
  };
}

/**
 * Where the line of `reason` stands, -1 without one: word for word, or reworded. Several templates may share a code
 * (修图 and 换底 are both EDIT-03), so a line that is another template's text is not this one's.
 */
function lineOf(draft: Draft, reason: Reason, templates: readonly Reason[]): number {
  const exact = draft.reasons.findIndex((known) => known.code === reason.code && known.text === reason.text);
  if (exact >= 0) return exact;
  const others = templates.filter((other) => other.code === reason.code).map((other) => other.text);
  return draft.reasons.findIndex((known) => same(known, reason) && !others.includes(known.text));
}

/** Adds a ticked line, or turns the tick of the same reason over. */
export function pickReason(draft: Draft, reason: Reason, templates: readonly Reason[] = []): Draft {
  const at = lineOf(draft, reason, templates);
  if (at >= 0) return toggle(draft, at);
  return { ...draft, reasons: [...draft.reasons, { code: reason.code, text: reason.text, on: true }] };
}

/** Whether the reason is on the list and ticked. */
export function isPicked(draft: Draft, reason: Reason, templates: readonly Reason[] = []): boolean {
  return draft.reasons[lineOf(draft, reason, templates)]?.on ?? false;
}

/** What is sent with a rejection. */
export function chosen(draft: Draft): Reason[] {
  return draft.reasons.filter((reason) => reason.on).map(({ code, text }) => ({ code, text }));
}

/** Templates whose title, text, code or pinyin initials hold every word of `filter`. */
export function matching(templates: readonly ReasonTemplate[], filter: string): ReasonTemplate[] {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter((template) => {
    const { code, title, text, initials } = template;
    const hay = `${code} ${title} ${text} ${initials}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

/**
 * The reason of one's own that stands in the strip's box, `null` without one: text that finds templates (`found`) is a
 * search. A text without a Chinese character that finds none is `unclear`; it must not reach a student unasked.
 */
export function ownReason(found: readonly ReasonTemplate[], text: string): Reason | "unclear" | null {
  const own = text.trim();
  if (own === "" || found.length > 0) return null;
  return /\p{Script=Han}/u.test(own) ? { code: null, text: own } : "unclear";
}

/** Whether two sets of reasons say the same. */
export function sameReasons(a: readonly Reason[], b: readonly Reason[]): boolean {
  return (
    a.length === b.length &&
    a.every((reason, at) => reason.code === b[at]?.code && reason.text === b[at]?.text)
  );
}

/** How near a reason is to the photo: its failing findings, what cannot be told, its hints, the rest, the file's own. */
function nearness(code: string, severities: ReadonlyMap<string, string>): number {
  const place = ["fail", "warn", "unknown"].indexOf(severities.get(code) ?? "");
  if (place >= 0) return place;
  return /^(FILE|JPEG)-/.test(code) ? 4 : 3;
}

/** The templates with those of this photo's own findings first, so that the digits stand for them. */
export function concerning(
  templates: readonly ReasonTemplate[],
  findings: SubmissionView["findings"],
): ReasonTemplate[] {
  const severities = new Map(findings.map((finding) => [finding.code, finding.severity]));
  return [...templates].sort((a, b) => nearness(a.code, severities) - nearness(b.code, severities));
}
