/**
 * Which key means which act on the desk. Bound to the key's place (`event.code`), so that a Chinese
 * input method or another layout changes nothing. Pure: does not act itself.
 */
import { isEditable, PRESSING } from "../keyTarget";
import { type ActName, DEFAULT_KEYS, HELD, type KeyMap } from "./keymap";

export type CropName = "eyes" | "ears" | "mouth";

type Plain = Exclude<ActName, "zoom" | "hide-guides" | "compare" | "crop-eyes" | "crop-ears" | "crop-mouth">;

export type DeskAct =
  | { act: Plain | "redo" | "side-by-side" | "keys" | "escape" | "confirm" }
  | { act: "other-reason" }
  | { act: "reason"; index: number }
  | { act: "filter"; letter: string }
  | { act: "crop"; crop: CropName }
  | { act: "zoom" | "hide-guides" | "compare"; down: boolean };

export interface KeyLike {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
  isComposing: boolean;
  target: EventTarget | null;
}

/** Acts that may repeat while the key stays down; every other one happens once per press. */
const REPEATING = new Set(["next", "previous"]);

/** Ends a text that is being typed, as a press of Tab would: what stands in its box counts. */
export function finishTyping(): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && isEditable(focused)) focused.blur();
}

/** Whether Enter and Space press `target`: what has the focus outside the photo keeps them. */
export function isPressed(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("button, a[href], summary, [role=button], input") !== null
  );
}

/** The digit of a bare key, of the main block or the keypad. */
export function digitOf(event: Omit<KeyLike, "repeat" | "isComposing" | "target">): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const match = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  return match?.[1] ? Number(match[1]) : null;
}

/** Acts whose keys mean the same while reasons are chosen: to confirm them, or to be told that this is no time for it. */
const DECIDING = new Set<ActName | null>(["approve", "reject", "hold", "undo"]);

/** The letter that a bare key adds to the filter of the reasons, while these are chosen. */
function letterOf(event: KeyLike, keys: KeyMap): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const [, letter] = /^Key([A-Z])$/.exec(event.code) ?? [];
  return letter === undefined || DECIDING.has(boundTo(event.code, keys)) ? null : letter.toLowerCase();
}

/** The act a bare key is bound to, by the map. */
export function boundTo(code: string, keys: KeyMap): ActName | null {
  for (const [act, codes] of Object.entries(keys) as [ActName, readonly string[]][]) {
    if (codes.includes(code)) return act;
  }
  return null;
}

function actOf(name: ActName): DeskAct {
  switch (name) {
    case "zoom":
    case "hide-guides":
    case "compare":
      return { act: name, down: true };
    case "crop-eyes":
      return { act: "crop", crop: "eyes" };
    case "crop-ears":
      return { act: "crop", crop: "ears" };
    case "crop-mouth":
      return { act: "crop", crop: "mouth" };
    default:
      return { act: name };
  }
}

/** Keys that are nobody's to rebind: Enter confirms, Escape puts away, Shift and Ctrl vary what is bound. */
function fixed(event: KeyLike, keys: KeyMap): DeskAct | "bare" | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    if (event.code !== "KeyZ") return null;
    return { act: event.shiftKey ? "redo" : "undo" };
  }
  if (event.shiftKey) {
    if (event.code === "Slash") return { act: "keys" };
    const bound = boundTo(event.code, keys);
    if (bound === "undo") return { act: "redo" };
    if (bound === "compare") return { act: "side-by-side" };
    return null;
  }
  if (event.code === "Enter" || event.code === "NumpadEnter") return { act: "confirm" };
  if (event.code === "Escape") return { act: "escape" };
  return "bare";
}

function meaning(event: KeyLike, keys: KeyMap): DeskAct | null {
  const act = fixed(event, keys);
  if (act !== "bare") return act;
  const bound = boundTo(event.code, keys);
  if (bound) return actOf(bound);
  const digit = digitOf(event);
  if (digit === 0) return { act: "other-reason" };
  return digit === null ? null : { act: "reason", index: digit - 1 };
}

/**
 * What a key press asks for. `taken` means the page must not see the key; a taken key without an act is
 * one that is held down and has already acted. While reasons are chosen (`choosing`) letters look for one of them.
 */
export function keyDown(
  event: KeyLike,
  keys = DEFAULT_KEYS,
  choosing = false,
): { taken: boolean; act: DeskAct | null } {
  if (event.isComposing || isEditable(event.target)) return { taken: false, act: null };
  // What was reached by Tab keeps Tab as well: else nothing behind it can be reached.
  if ((PRESSING.has(event.code) || event.code === "Tab") && isPressed(event.target))
    return { taken: false, act: null };
  const letter = choosing ? letterOf(event, keys) : null;
  const act: DeskAct | null = letter === null ? meaning(event, keys) : { act: "filter", letter };
  if (!act) return { taken: false, act: null };
  if (event.repeat && !REPEATING.has(act.act)) return { taken: true, act: null };
  return { taken: true, act };
}

/** What letting go of a key ends: only the keys that act while held. */
export function keyUp(event: Pick<KeyLike, "code">, keys = DEFAULT_KEYS): DeskAct | null {
  const bound = boundTo(event.code, keys);
  return bound !== null && HELD.includes(bound as (typeof HELD)[number])
    ? { act: bound as (typeof HELD)[number], down: false }
    : null;
}
