/** What jsdom lacks and the screens need. Sizes are made up; nothing here measures. */
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// The whole page in every failure says less than its first line.
// A loaded machine may take its time; what is waited for never depends on it.
configure({ asyncUtilTimeout: 10_000 });
configure({ getElementError: (message) => new Error(message ?? "not found") });

class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

vi.stubGlobal("ResizeObserver", NoResizeObserver);
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
})) as typeof window.matchMedia;
HTMLImageElement.prototype.decode ??= () => Promise.resolve();
// A virtual list shows nothing in a window of no height.
Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, get: () => 600 });
Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 800 });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
