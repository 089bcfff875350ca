/** Keys: by place, not by letter; never while composing or typing; deciding keys once per press. */
import { describe, expect, it } from "vitest";
import {
  bindingsOf,
  DEFAULT_KEYS,
  isBindable,
  keyMapOf,
  rebind,
  unbound,
  undoKeyOfGrid,
} from "../src/desk/keymap";
import { type KeyLike, keyDown, keyUp } from "../src/desk/keys";

function key(code: string, part: Partial<KeyLike> = {}): KeyLike {
  return {
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    target: document.body,
    ...part,
  };
}

describe("keyDown", () => {
  it.each([
    ["KeyF", {}, { act: "approve" }],
    ["NumpadAdd", {}, { act: "approve" }],
    ["Enter", {}, { act: "confirm" }],
    ["KeyD", {}, { act: "reject" }],
    ["NumpadSubtract", {}, { act: "reject" }],
    ["KeyS", {}, { act: "hold" }],
    ["ArrowRight", {}, { act: "next" }],
    ["KeyJ", {}, { act: "next" }],
    ["ArrowLeft", {}, { act: "previous" }],
    ["KeyK", {}, { act: "previous" }],
    ["KeyZ", {}, { act: "undo" }],
    ["KeyZ", { ctrlKey: true }, { act: "undo" }],
    ["KeyZ", { metaKey: true }, { act: "undo" }],
    ["Backspace", {}, { act: "undo" }],
    ["KeyZ", { shiftKey: true }, { act: "redo" }],
    ["Digit1", {}, { act: "reason", index: 0 }],
    ["Numpad9", {}, { act: "reason", index: 8 }],
    ["Digit0", {}, { act: "other-reason" }],
    ["Numpad0", {}, { act: "other-reason" }],
    ["Slash", {}, { act: "find" }],
    ["KeyG", {}, { act: "grid" }],
    ["KeyL", {}, { act: "human" }],
    ["KeyN", {}, { act: "note" }],
    ["Space", {}, { act: "zoom", down: true }],
    ["KeyH", {}, { act: "hide-guides", down: true }],
    ["Tab", {}, { act: "next-failing" }],
    ["Slash", { shiftKey: true }, { act: "keys" }],
    ["KeyQ", {}, { act: "queues" }],
    ["NumpadDecimal", {}, { act: "hold" }],
    ["NumpadEnter", {}, { act: "confirm" }],
    ["KeyE", {}, { act: "crop", crop: "eyes" }],
    ["KeyR", {}, { act: "crop", crop: "ears" }],
    ["KeyT", {}, { act: "crop", crop: "mouth" }],
    ["KeyC", {}, { act: "compare", down: true }],
    ["KeyC", { shiftKey: true }, { act: "side-by-side" }],
    ["KeyX", {}, { act: "compare-other" }],
    ["KeyM", {}, { act: "mark-wrong" }],
    ["Escape", {}, { act: "escape" }],
  ] as const)("%s %o means %o", (code, part, act) => {
    expect(keyDown(key(code, part))).toEqual({ taken: true, act });
  });

  it.each([
    ["KeyF", { ctrlKey: true }],
    ["KeyF", { altKey: true }],
    ["KeyD", { shiftKey: true }],
    ["KeyS", { metaKey: true }],
    ["Tab", { shiftKey: true }],
    ["KeyA", {}],
  ])("%s %o is left to the page", (code, part) => {
    expect(keyDown(key(code, part))).toEqual({ taken: false, act: null });
  });

  it("looks for a reason by letters while reasons are chosen, and by none that decides", () => {
    const choosing = (code: string, part: Partial<KeyLike> = {}) =>
      keyDown(key(code, part), DEFAULT_KEYS, true);
    for (const code of ["KeyY", "KeyJ", "KeyA", "KeyG"])
      expect(choosing(code)).toEqual({
        taken: true,
        act: { act: "filter", letter: code.slice(3).toLowerCase() },
      });
    expect(choosing("KeyJ", { repeat: true })).toEqual({ taken: true, act: null });
    for (const [code, act] of [
      ["KeyF", "approve"],
      ["KeyD", "reject"],
      ["KeyS", "hold"],
      ["KeyZ", "undo"],
      ["Enter", "confirm"],
    ])
      expect(choosing(code ?? "").act).toEqual({ act });
    expect(choosing("Digit2").act).toEqual({ act: "reason", index: 1 });
    expect(choosing("KeyC", { shiftKey: true }).act).toEqual({ act: "side-by-side" });
  });

  it("acts by the place of the key, whatever an input method makes of it", () => {
    const event = new KeyboardEvent("keydown", { code: "KeyF", key: "Process" });
    expect(keyDown(event).act).toEqual({ act: "approve" });
  });

  it("leaves every key alone while a word is being composed", () => {
    for (const code of ["KeyF", "KeyD", "Enter", "Digit1", "Backspace"]) {
      expect(keyDown(key(code, { isComposing: true }))).toEqual({ taken: false, act: null });
    }
  });

  it("leaves every key alone in something that is typed into", () => {
    const div = document.createElement("div");
    div.setAttribute("contenteditable", "true");
    const boxes = [
      document.createElement("input"),
      document.createElement("textarea"),
      document.createElement("select"),
      div,
    ];
    for (const target of boxes) expect(keyDown(key("KeyF", { target })).taken).toBe(false);
    const tick = document.createElement("input");
    tick.type = "checkbox";
    expect(keyDown(key("KeyF", { target: tick })).act).toEqual({ act: "approve" });
  });

  it("swallows a held deciding key and lets held arrows run", () => {
    for (const code of ["KeyF", "KeyD", "KeyS", "Enter", "KeyZ", "Digit1", "Space"]) {
      expect(keyDown(key(code, { repeat: true }))).toEqual({ taken: true, act: null });
    }
    expect(keyDown(key("ArrowRight", { repeat: true })).act).toEqual({ act: "next" });
    expect(keyDown(key("Tab")).act).toEqual({ act: "next-failing" });
    // A button reached by Tab is left by Tab.
    const target = document.createElement("button");
    expect(keyDown(key("Tab", { target }))).toEqual({ taken: false, act: null });
  });
});

describe("keyUp", () => {
  it("ends what lasts while a key is held, and nothing else", () => {
    expect(keyUp({ code: "Space" })).toEqual({ act: "zoom", down: false });
    expect(keyUp({ code: "KeyH" })).toEqual({ act: "hide-guides", down: false });
    expect(keyUp({ code: "KeyC" })).toEqual({ act: "compare", down: false });
    expect(keyUp({ code: "KeyF" })).toBeNull();
  });
});

describe("Enter and Space", () => {
  it.each(["button", "summary"])("are left to a %s that has the focus", (name) => {
    const target = document.createElement(name);
    for (const code of ["Enter", "NumpadEnter", "Space"]) {
      expect(keyDown(key(code, { target }))).toEqual({ taken: false, act: null });
      expect(keyDown(key(code, { target: document.body })).taken).toBe(true);
    }
    expect(keyDown(key("KeyF", { target })).act).toEqual({ act: "approve" });
  });
});

describe("keys of one's own", () => {
  it("mean one act each, whatever was stored", () => {
    const map = keyMapOf([
      { act: "approve", codes: ["KeyD", "KeyS"] },
      { act: "hold", codes: ["KeyS", "KeyY"] },
    ]);
    expect(map.approve).toEqual(["KeyD", "KeyS"]);
    expect(map.hold).toEqual(["KeyY"]);
    expect(map.reject).toEqual(["NumpadSubtract"]);
  });

  const own = rebind(DEFAULT_KEYS, "approve", "KeyU");

  it("act by the new key, and no longer by the old one", () => {
    expect(keyDown(key("KeyU"), own).act).toEqual({ act: "approve" });
    expect(keyDown(key("KeyF"), own)).toEqual({ taken: false, act: null });
    expect(keyDown(key("NumpadAdd"), own).act).toEqual({ act: "approve" });
  });

  it("change places with the act that had the key", () => {
    const clash = rebind(DEFAULT_KEYS, "approve", "KeyD");
    expect(keyDown(key("KeyD"), clash).act).toEqual({ act: "approve" });
    expect(clash.reject).toEqual(["KeyF", "NumpadSubtract"]);
    const keyless = { ...DEFAULT_KEYS, approve: [] };
    expect(unbound(rebind(keyless, "approve", "KeyN"))).toEqual(["note"]);
  });

  it("carry Shift along: redo and side by side follow the keys they vary", () => {
    const moved = rebind(rebind(DEFAULT_KEYS, "undo", "KeyU"), "compare", "KeyB");
    expect(keyDown(key("KeyU", { shiftKey: true }), moved).act).toEqual({ act: "redo" });
    expect(keyDown(key("KeyB", { shiftKey: true }), moved).act).toEqual({ act: "side-by-side" });
    expect(keyUp({ code: "KeyB" }, moved)).toEqual({ act: "compare", down: false });
  });

  it.each(["Enter", "Escape", "Digit3", "Numpad7", "ShiftLeft", "F5", ""])("never are %s", (code) => {
    expect(isBindable(code)).toBe(false);
    expect(rebind(DEFAULT_KEYS, "approve", code)).toBe(DEFAULT_KEYS);
  });

  it("are stored as what differs, and read over the first ones", () => {
    expect(bindingsOf(DEFAULT_KEYS)).toEqual([]);
    const stored = bindingsOf(own);
    expect(stored).toEqual([{ act: "approve", codes: ["KeyU", "NumpadAdd"] }]);
    expect(keyMapOf(stored)).toEqual(own);
    expect(keyMapOf([{ act: "no-longer-known", codes: ["KeyX"] }])).toEqual(DEFAULT_KEYS);
  });

  it("are no two acts' at first", () => {
    const codes = Object.values(DEFAULT_KEYS).flat();
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe("the undo of the grid", () => {
  it("is named by a key that undoes there", () => {
    expect(undoKeyOfGrid(DEFAULT_KEYS)).toBe("Z");
    expect(undoKeyOfGrid({ ...DEFAULT_KEYS, undo: ["Space"] })).toBe("Ctrl+Z");
    expect(undoKeyOfGrid({ ...DEFAULT_KEYS, undo: ["Space", "KeyU"] })).toBe("U");
  });
});
