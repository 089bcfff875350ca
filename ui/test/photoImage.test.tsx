/** Photos in the page: their pixels go with them, on every screen. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { PhotoImage } from "../src/components/PhotoImage";

/** Draws a picture that is part of the program, not a photo of a person. */
const PICTURES_OF_THE_GUIDE = "GuidePicture.tsx";

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".tsx") ? [path] : [];
  });

describe("a photo in the page", () => {
  it("shows what it is given, and another one when told", () => {
    const { container, rerender } = render(<PhotoImage src="/photo/thumb/a" alt="甲" />);
    const node = container.querySelector("img");
    expect(node?.getAttribute("src")).toBe("/photo/thumb/a");
    rerender(<PhotoImage src="/photo/thumb/b" alt="甲" />);
    expect(container.querySelector("img")).toBe(node);
    expect(node?.getAttribute("src")).toBe("/photo/thumb/b");
    expect(node?.alt).toBe("甲");
  });

  it("names nothing any more once it left", () => {
    const { container, unmount } = render(<PhotoImage src="/photo/thumb/a" alt="" />);
    const node = container.querySelector("img");
    unmount();
    expect(node?.hasAttribute("src")).toBe(false);
  });

  it("is what every screen shows photos with", () => {
    const plain = sources(join(__dirname, "../src")).filter((path) =>
      /<img\b/.test(readFileSync(path, "utf8")),
    );
    const names = plain.map((path) => basename(path)).sort();
    expect(names).toEqual([PICTURES_OF_THE_GUIDE, "PhotoImage.tsx"].sort());
  });
});
