/** Mounts the screens on the bridge of the host they run in. */
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { httpBridge, takeToken } from "./bridge/http";
import { isTauri, tauriBridge } from "./bridge/tauri";
import "./styles/base.css";
import "./styles/screens.css";
import "./styles/desk-photo.css";
import "./styles/desk-panel.css";
import "./styles/desk.css";
import "./styles/delivery.css";
import "./styles/help.css";
import "./styles/standard.css";
import "./styles/bulk.css";

dayjs.locale("zh-cn");
const root = document.getElementById("root");
if (root) {
  const bridge = isTauri() ? tauriBridge() : httpBridge(takeToken(window.location, window.sessionStorage));
  createRoot(root).render(<App bridge={bridge} />);
}
