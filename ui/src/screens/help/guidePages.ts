/** The pages of the user guide, as `cargo xtask guide` made them, and the pictures they show. Draws nothing. */

const SOURCES = import.meta.glob<string>("../../../../assets/guide/html/[0-9]*.html", {
  query: "?raw",
  import: "default",
  eager: true,
});
/** Of the four pictures of a screen the window carries the two of the smallest size that offices have. */
const PICTURES = import.meta.glob<string>("../../../../assets/guide/pictures/*-1366x768.webp", {
  query: "?url",
  import: "default",
  eager: true,
});
const FOLDER = "../../../../assets/guide/pictures";

export const PICTURE_SIZE = { width: 1366, height: 768 };

export interface GuidePage {
  /** Name of the file, which is how pages refer to each other. */
  name: string;
  title: string;
  /** All of its words, for searching. */
  text: string;
  /** What stands in its `<main>`. */
  main: Element;
}

function page(path: string, source: string): GuidePage {
  const main = new DOMParser().parseFromString(source, "text/html").querySelector("main");
  if (!main) throw new Error(`${path} is no page of the guide`);
  return {
    name: path.replace(/^.*\//, "").replace(/\.html$/, ""),
    title: main.querySelector("h1")?.textContent ?? "",
    text: (main.textContent ?? "").toLowerCase(),
    main,
  };
}

let read: GuidePage[] | null = null;

/** Every page in its order. Taken apart when help is first opened, not when the program starts. */
export function guidePages(): GuidePage[] {
  read ??= Object.entries(SOURCES)
    .sort(([one], [other]) => one.localeCompare(other, "en"))
    .map(([path, source]) => page(path, source));
  return read;
}

/** Whether a page says what is sought. */
export function guideHas(page: GuidePage, sought: string): boolean {
  return page.text.includes(sought.trim().toLowerCase());
}

/** Where the picture of a screen lies, in a tone; `undefined` when it was never taken. */
export function guidePicture(screen: string, tone: "light" | "dark"): string | undefined {
  return PICTURES[`${FOLDER}/${screen}-${tone}-${PICTURE_SIZE.width}x${PICTURE_SIZE.height}.webp`];
}
