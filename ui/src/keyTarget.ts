/** Where a key goes. */

/** Whether a key typed there is text. */
export const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, [contenteditable=true]") !== null;
