/** The screens over the station in memory, for looking at while they are made. Served by `vite dev` only, never built. */
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createRoot } from "react-dom/client";
import { App } from "../../src/app/App";
import type { Place, Screen } from "../../src/app/context";
import "../../src/styles/base.css";
import "../../src/styles/scrollbars.css";
import "../../src/styles/screens.css";
import "../../src/styles/vtable.css";
import "../../src/styles/piles.css";
import "../../src/styles/reconcile.css";
import "../../src/styles/fees.css";
import "../../src/styles/scope.css";
import "../../src/styles/notices.css";
import "../../src/styles/desk-photo.css";
import "../../src/styles/desk-panel.css";
import "../../src/styles/desk.css";
import "../../src/styles/desk-asks.css";
import "../../src/styles/desk-narrow.css";
import "../../src/styles/screens-narrow.css";
import "../../src/styles/delivery.css";
import "../../src/styles/help.css";
import "../../src/styles/guide.css";
import "../../src/styles/standard.css";
import "../../src/styles/bulk.css";
import "../../src/styles/people.css";
import "../../src/styles/door.css";
import { withBulk } from "./bulkBridge";
import { fakeBridge } from "./fakeBridge";

dayjs.locale("zh-cn");
const wanted = new URLSearchParams(location.hash.slice(1));
localStorage.setItem("zhaoshen.tone", wanted.get("tone") ?? "light");
const bridge = withBulk(fakeBridge(Number(wanted.get("photos") ?? 60)));
if (wanted.has("empty")) {
  const { app_status } = bridge.handlers;
  bridge.handlers.app_status = async () => {
    const status = await app_status?.({});
    if (!status) throw new Error("no status");
    return { ...status, rounds: [], reviewer: "" };
  };
}
if (wanted.has("nobody")) bridge.reviewer = "";
Object.assign(window, { bridge });
const screen = (wanted.get("screen") ?? "rounds") as Screen;
const guide = wanted.get("guide");
const start: Place = { screen, round: screen === "rounds" ? null : 1, ...(guide ? { guide } : {}) };
const root = document.getElementById("root");
if (root) createRoot(root).render(<App bridge={bridge} start={start} />);
