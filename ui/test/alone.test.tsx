/** The second window: closed by the key that opened it, whatever the reviewer bound it to. */
import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { AlonePhoto, Bridge } from "../src/bridge/bridge";
import { PhotoAlone } from "../src/screens/photo/PhotoAlone";
import { zh } from "../src/zh";

afterEach(() => vi.restoreAllMocks());

function opened(photo: AlonePhoto | null) {
  HTMLImageElement.prototype.decode = () => Promise.resolve();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const toggleAlone = vi.fn(() => Promise.resolve());
  const bridge = {
    toggleAlone,
    photoUrl: () => "about:blank",
    onAlone: (callback: (shown: AlonePhoto | null) => void) => {
      callback(photo);
      return () => undefined;
    },
  } as unknown as Bridge;
  render(<PhotoAlone bridge={bridge} />);
  return toggleAlone;
}

it("is closed by the reviewer's own key, and says which", async () => {
  const toggle = opened({ photo: "a1", caption: "20260001 张三", keys: ["KeyQ"] });
  await screen.findByText("20260001 张三");
  expect(screen.getByRole("status").textContent).toContain("Q 或 Esc");
  expect(screen.getByRole("status").textContent).not.toContain(zh.desk.alone.deskKeys);
  fireEvent.keyDown(window, { code: "ShiftLeft" });
  expect(screen.getByRole("status").textContent).not.toContain(zh.desk.alone.deskKeys);
  fireEvent.keyDown(window, { code: "KeyW" });
  expect(toggle).not.toHaveBeenCalled();
  expect(screen.getByRole("status").textContent).toContain(zh.desk.alone.deskKeys);
  fireEvent.blur(window);
  expect(screen.getByRole("status").textContent).not.toContain(zh.desk.alone.deskKeys);
  fireEvent.keyDown(window, { code: "KeyQ" });
  fireEvent.keyDown(window, { code: "Escape" });
  expect(toggle).toHaveBeenCalledTimes(2);
});

it("is closed by W and Esc while no photo has said otherwise", () => {
  const toggle = opened(null);
  expect(screen.getByRole("status").textContent).toContain("W 或 Esc");
  fireEvent.keyDown(window, { code: "KeyW", repeat: true });
  expect(toggle).not.toHaveBeenCalled();
  fireEvent.keyDown(window, { code: "KeyW" });
  expect(toggle).toHaveBeenCalledTimes(1);
});
