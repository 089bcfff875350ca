/** Keys: by place, not by letter; never while composing or typing; deciding keys once per press. */
import { describe, expect, it } from "vitest";
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
    ["KeyN", {}, { act: "note" }],
    ["Space", {}, { act: "zoom", down: true }],
    ["KeyH", {}, { act: "hide-guides", down: true }],
    ["Tab", {}, { act: "next-failing" }],
    ["Slash", { shiftKey: true }, { act: "keys" }],
    ["KeyQ", {}, { act: "queues" }],
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
    ["Digit0", {}],
    ["KeyA", {}],
  ])("%s %o is left to the page", (code, part) => {
    expect(keyDown(key(code, part))).toEqual({ taken: false, act: null });
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
  });
});

describe("keyUp", () => {
  it("ends what lasts while a key is held, and nothing else", () => {
    expect(keyUp({ code: "Space" })).toEqual({ act: "zoom", down: false });
    expect(keyUp({ code: "KeyH" })).toEqual({ act: "hide-guides", down: false });
    expect(keyUp({ code: "KeyF" })).toBeNull();
  });
});
