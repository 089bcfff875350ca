/** The bridge of the desktop window. The only file that names Tauri. */
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { zh } from "../zh";
import { asFailure, type Bridge } from "./bridge";

export function isTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

export function tauriBridge(): Bridge {
  return {
    picks: true,
    async call(name, args) {
      try {
        return await invoke("call", { name, args });
      } catch (thrown) {
        throw asFailure(thrown, zh.failure.host);
      }
    },
    photoUrl: (kind, sha256) => convertFileSrc(`${kind}/${sha256}`, "photo"),
    async pick(kind) {
      try {
        return await invoke<string[] | null>("pick", { kind });
      } catch (thrown) {
        throw asFailure(thrown, zh.failure.host);
      }
    },
    async openDelivery(round, number) {
      try {
        await invoke("open_delivery", { round, number });
      } catch (thrown) {
        throw asFailure(thrown, zh.failure.host);
      }
    },
    onDrop(callback) {
      const listening = getCurrentWebview().onDragDropEvent((event) => {
        if (event.payload.type === "drop" && event.payload.paths.length > 0) callback(event.payload.paths);
      });
      // Without the event permission the window still works; only dropping does not.
      listening.catch(() => undefined);
      return () => {
        listening.then((stop) => stop()).catch(() => undefined);
      };
    },
  };
}
