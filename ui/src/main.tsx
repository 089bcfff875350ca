/** Mounts the screens on the bridge of the host they run in. */
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { Door } from "./app/door/Door";
import { keepMenu } from "./app/keepMenu";
import { httpBridge, takeSession, takeToken } from "./bridge/http";
import { isTauri, tauriBridge } from "./bridge/tauri";
import { PhotoAlone } from "./screens/photo/PhotoAlone";
import { zh } from "./zh";
import "./styles/base.css";
import "./styles/scrollbars.css";
import "./styles/screens.css";
import "./styles/vtable.css";
import "./styles/piles.css";
import "./styles/reconcile.css";
import "./styles/fees.css";
import "./styles/scope.css";
import "./styles/notices.css";
import "./styles/desk-photo.css";
import "./styles/desk-panel.css";
import "./styles/desk.css";
import "./styles/desk-asks.css";
import "./styles/desk-narrow.css";
import "./styles/screens-narrow.css";
import "./styles/delivery.css";
import "./styles/help.css";
import "./styles/guide.css";
import "./styles/standard.css";
import "./styles/bulk.css";
import "./styles/people.css";
import "./styles/door.css";

dayjs.locale("zh-cn");
if (isTauri()) keepMenu();
const root = document.getElementById("root");
if (root) {
  const bridge = isTauri()
    ? tauriBridge()
    : httpBridge(takeToken(window.location, window.sessionStorage), takeSession(window.sessionStorage));
  const second = window.location.hash === "#photo";
  if (second) document.title = zh.app.photoWindow;
  createRoot(root).render(
    second ? (
      <PhotoAlone bridge={bridge} />
    ) : (
      <Door bridge={bridge}>
        <App bridge={bridge} />
      </Door>
    ),
  );
}
