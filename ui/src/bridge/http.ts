/**
 * The bridge of a browser page served over loopback. A browser gives away no paths, so there are no
 * file dialogs and no dropping here: screens show a box to type a path into.
 */
import type { Commands } from "../bindings/wire";
import { zh } from "../zh";
import { type AlonePhoto, asFailure, type Bridge, type CommandName, seatPart } from "./bridge";

const TOKEN_KEY = "zhaoshen.token";
const SESSION_KEY = "zhaoshen.session";

/** Takes the token out of the address (so that it is not left in the history) and keeps it for this tab. */
export function takeToken(location: Location, storage: Storage): string {
  const fragment = new URLSearchParams(location.hash.replace(/^#\??/, ""));
  const query = new URLSearchParams(location.search);
  const found = fragment.get("token") ?? query.get("token");
  if (found) {
    storage.setItem(TOKEN_KEY, found);
    window.history.replaceState(null, "", location.pathname);
    return found;
  }
  return storage.getItem(TOKEN_KEY) ?? "";
}

/** The word by which the host tells this tab from the others: another tab may be another person. */
export function takeSession(storage: Storage): string {
  const kept = storage.getItem(SESSION_KEY);
  if (kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const word = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  storage.setItem(SESSION_KEY, word);
  return word;
}

/** The second window's part of the bridge: two pages of one origin talk over a channel. */
function alone(): Pick<Bridge, "toggleAlone" | "showAlone" | "onAlone"> {
  const open = () => new BroadcastChannel("zhaoshen.alone");
  let channel: BroadcastChannel | null = null;
  let other: Window | null = null;
  let photo: AlonePhoto | null = null;
  return {
    toggleAlone() {
      if (window.location.hash === "#photo") {
        window.close();
        return Promise.resolve();
      }
      if (other && !other.closed) {
        other.close();
        return Promise.resolve();
      }
      if (!channel) {
        channel = open();
        channel.onmessage = ({ data }) => {
          if (data === "ask") channel?.postMessage({ photo });
        };
      }
      other = window.open(
        `${window.location.pathname}#photo`,
        "zhaoshen-photo",
        "popup,width=720,height=900",
      );
      return Promise.resolve();
    },
    showAlone(shown) {
      photo = shown;
      channel?.postMessage({ photo });
    },
    onAlone(callback) {
      const heard = open();
      heard.onmessage = ({ data }) => {
        if (data !== "ask") callback((data as { photo: AlonePhoto | null }).photo);
      };
      heard.postMessage("ask");
      return () => heard.close();
    },
  };
}

export function httpBridge(token: string, session = ""): Bridge {
  const seat = seatPart();
  const headers = () => {
    const person = seat.shown();
    return {
      "content-type": "application/json",
      "x-zhaoshen-token": token,
      ...(session === "" ? {} : { "x-zhaoshen-session": session }),
      ...(person === null ? {} : { "x-zhaoshen-person": String(person) }),
    };
  };
  /** Commands without an answer yet. */
  let running = 0;
  async function call<K extends CommandName>(
    name: K,
    args: Commands[K]["args"],
  ): Promise<Commands[K]["answer"]> {
    let response: Response;
    running += 1;
    try {
      response = await fetch(`/api/${name}`, {
        method: "POST",
        headers: headers(),
        body: JSON.stringify(args),
      });
    } catch (thrown) {
      throw asFailure(thrown, zh.failure.unreachable);
    } finally {
      running -= 1;
    }
    if (response.ok) return (await response.json()) as Commands[K]["answer"];
    const body: unknown = await response.json().catch(() => null);
    throw seat.seen(asFailure(body ?? `HTTP ${response.status}`, zh.failure.host));
  }
  return {
    ...alone(),
    ...seat.part,
    picks: false,
    call,
    // An <img> sends no header.
    photoUrl: (kind, sha256) =>
      `/photo/${kind}/${sha256}?token=${encodeURIComponent(token)}` +
      (session === "" ? "" : `&session=${encodeURIComponent(session)}`),
    pick: () => Promise.resolve(null),
    openDelivery: () => Promise.resolve(),
    openClosing: () => Promise.resolve(),
    openCertificate: () => Promise.resolve(),
    openSaved: () => Promise.resolve(),
    openWritten: () => Promise.resolve(),
    onDrop: () => () => undefined,
    onClose() {
      // A tab waits for nobody; the browser can only ask the person whether to leave.
      const ask = (event: BeforeUnloadEvent) => {
        if (running > 0) event.preventDefault();
      };
      window.addEventListener("beforeunload", ask);
      return () => window.removeEventListener("beforeunload", ask);
    },
  };
}
