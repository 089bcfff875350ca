/** The bridge of the desktop window. The only file that names Tauri. */
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import type { SealProgress } from "../bindings/wire";
import { zh } from "../zh";
import { type AlonePhoto, asFailure, type Bridge, oneAtATime, seatPart } from "./bridge";

export function isTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

async function ask<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw asFailure(thrown, zh.failure.host);
  }
}

/** Calls back with how far the host is; gives how to stop. */
function heard(event: string, callback: (progress: SealProgress) => void): () => void {
  const listening = listen<SealProgress>(event, ({ payload }) => callback(payload));
  listening.catch(() => undefined);
  return () => {
    listening.then((stop) => stop()).catch(() => undefined);
  };
}

/** The fragment by which the second window's page is told apart. */
const SECOND = "#photo";

/** The second window's part of the bridge: nothing is sent before the window was first asked for. */
function alone(): Pick<Bridge, "toggleAlone" | "showAlone" | "onAlone"> {
  let asked = false;
  let photo: AlonePhoto | null = null;
  const send = () => ask("alone_show", { photo }).catch(() => undefined);
  return {
    async toggleAlone() {
      asked = true;
      if (window.location.hash !== SECOND) await send();
      await ask("alone_toggle");
    },
    showAlone(shown) {
      photo = shown;
      if (asked) void send();
    },
    onAlone(callback) {
      // What comes while the first answer is on its way is newer than that answer.
      let heard = false;
      const listening = listen<AlonePhoto | null>("alone", (event) => {
        heard = true;
        callback(event.payload);
      });
      listening
        .then(() => ask<AlonePhoto | null>("alone_now"))
        .then((now) => heard || callback(now))
        .catch(() => callback(null));
      return () => {
        listening.then((stop) => stop()).catch(() => undefined);
      };
    },
  };
}

export function tauriBridge(): Bridge {
  const seat = seatPart();
  return {
    ...alone(),
    ...seat.part,
    door: {
      show: () => ask("door"),
      unlock: (key) => ask("door_unlock", { key }),
      unlockHere: () => ask("door_unlock_here"),
      make: (passphrase) => ask("door_make", { given: { passphrase } }),
      seal: (passphrase) => ask("door_seal", { given: { passphrase }, person: seat.shown() }),
      backups: () => ask("door_backups"),
      look: (copy) => ask("door_look", { copy }),
      restore: (args) => ask("door_restore", { args }),
      onSealing: (callback) => heard("sealing", callback),
      onRestoring: (callback) => heard("restoring", callback),
    },
    zoom: (factor) => ask("zoom", { factor }),
    picks: true,
    async call(name, args) {
      try {
        return await ask("call", { name, args, person: seat.shown() });
      } catch (thrown) {
        throw seat.seen(asFailure(thrown, zh.failure.host));
      }
    },
    photoUrl: (kind, sha256) => convertFileSrc(`${kind}/${sha256}`, "photo"),
    pick: oneAtATime((kind) => ask("pick", { kind })),
    openDelivery: (round, number) => ask("open_delivery", { round, number }),
    openClosing: (round) => ask("open_closing", { round }),
    openCertificate: (round) => ask("open_certificate", { round }),
    openSaved: (what) => ask("open_saved", { what }),
    openWritten: (job, file) => ask("open_written", { job, file }),
    onClose(callback) {
      const listening = listen("closing", () => {
        ask("closing_heard")
          .then(callback)
          .then((go) => (go ? ask("close") : undefined))
          .catch(() => undefined);
      });
      listening.catch(() => undefined);
      return () => {
        listening.then((stop) => stop()).catch(() => undefined);
      };
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
