/**
 * Which key means which act on the desk. Bound to the key's place (`event.code`), so that a Chinese
 * input method or another layout changes nothing. Pure: does not act itself.
 */

export type DeskAct =
  | { act: "approve" | "reject" | "hold" | "confirm" }
  | { act: "next" | "previous" | "undo" | "redo" | "note" | "next-failing" | "queues" | "keys" | "escape" }
  | { act: "reason"; index: number }
  | { act: "zoom" | "hide-guides"; down: boolean };

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

const BARE: Record<string, DeskAct> = {
  KeyF: { act: "approve" },
  Enter: { act: "confirm" },
  NumpadEnter: { act: "confirm" },
  NumpadAdd: { act: "approve" },
  KeyD: { act: "reject" },
  NumpadSubtract: { act: "reject" },
  KeyS: { act: "hold" },
  NumpadDecimal: { act: "hold" },
  ArrowRight: { act: "next" },
  KeyJ: { act: "next" },
  ArrowLeft: { act: "previous" },
  KeyK: { act: "previous" },
  KeyZ: { act: "undo" },
  Backspace: { act: "undo" },
  KeyN: { act: "note" },
  Tab: { act: "next-failing" },
  KeyQ: { act: "queues" },
  Escape: { act: "escape" },
};

/** Acts that may repeat while the key stays down; every other one happens once per press. */
const REPEATING = new Set(["next", "previous"]);

/** Whether typing into `target` must be left alone. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.getAttribute("contenteditable") === "true") return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function digitOf(code: string): number | null {
  const match = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  return match?.[1] ? Number(match[1]) : null;
}

function meaning(event: KeyLike): DeskAct | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    if (event.code !== "KeyZ") return null;
    return { act: event.shiftKey ? "redo" : "undo" };
  }
  if (event.shiftKey) {
    if (event.code === "KeyZ") return { act: "redo" };
    if (event.code === "Slash") return { act: "keys" };
    return null;
  }
  const digit = digitOf(event.code);
  if (digit !== null) return { act: "reason", index: digit - 1 };
  if (event.code === "Space") return { act: "zoom", down: true };
  if (event.code === "KeyH") return { act: "hide-guides", down: true };
  return BARE[event.code] ?? null;
}

/**
 * What a key press asks for. `taken` means the page must not see the key; a taken key without an act is
 * one that is held down and has already acted.
 */
export function keyDown(event: KeyLike): { taken: boolean; act: DeskAct | null } {
  if (event.isComposing || isEditable(event.target)) return { taken: false, act: null };
  const act = meaning(event);
  if (!act) return { taken: false, act: null };
  if (event.repeat && !REPEATING.has(act.act)) return { taken: true, act: null };
  return { taken: true, act };
}

/** What letting go of a key ends: only the keys that act while held. */
export function keyUp(event: Pick<KeyLike, "code">): DeskAct | null {
  if (event.code === "Space") return { act: "zoom", down: false };
  if (event.code === "KeyH") return { act: "hide-guides", down: false };
  return null;
}
