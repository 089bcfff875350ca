/**
 * The clipboard: text, also as HTML, and pictures. A webview lets a page write only while the reviewer's click is
 * being answered, so what takes time is handed over as a promise, not waited for.
 */

export interface Copied {
  plain: string;
  html?: string;
}

/** Through the copy event: what it carries is not cleaned, so that a spreadsheet finds the number formats in the HTML. */
function copyNow({ plain, html }: Copied): boolean {
  let taken = false;
  const give = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", plain);
    if (html !== undefined) event.clipboardData?.setData("text/html", html);
    taken = event.clipboardData !== null;
  };
  document.addEventListener("copy", give, { capture: true });
  try {
    return document.execCommand("copy") && taken;
  } finally {
    document.removeEventListener("copy", give, { capture: true });
  }
}

function write(items: Record<string, Promise<Blob>>): Promise<void> {
  return navigator.clipboard.write([new ClipboardItem(items)]);
}

/** Puts text on the clipboard; a promise of it must be handed over within the click. */
export async function copyText(copied: Copied | Promise<Copied>): Promise<void> {
  if (!(copied instanceof Promise)) {
    if (copyNow(copied)) return;
    await write({ "text/plain": Promise.resolve(new Blob([copied.plain], { type: "text/plain" })) });
    return;
  }
  const form = (type: string, of: (text: Copied) => string) =>
    copied.then((text) => new Blob([of(text)], { type }));
  try {
    await write({
      "text/plain": form("text/plain", ({ plain }) => plain),
      "text/html": form("text/html", ({ html, plain }) => html ?? plain),
    });
  } catch {
    // Some webviews take no promise, but still count the click when the text has come.
    if (!copyNow(await copied)) throw new Error("nothing was copied");
  }
}

/** Puts a picture on the clipboard. */
export function copyPicture(png: Promise<Blob>): Promise<void> {
  return write({ "image/png": png });
}
