/** The second window: the desk's photo alone on neutral grey, as large as the window. Shows and decides nothing; Esc and the key that opened it close it. */
import { useEffect, useLayoutEffect, useState } from "react";
import type { AlonePhoto, Bridge } from "../../bridge/bridge";
import { PhotoImage } from "../../components/PhotoImage";
import { DEFAULT_KEYS, keyName } from "../../desk/keymap";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.alone;
/** Pressed on the way to something else: said nothing of. */
const MODIFIER = /^(Shift|Control|Alt|Meta|CapsLock)/;

/** The photo to show, once it can be drawn: a caption never stands beside another photo. */
function useShown(bridge: Bridge): { photo: AlonePhoto | null; broken: boolean } {
  const [shown, setShown] = useState<{ photo: AlonePhoto | null; broken: boolean }>({
    photo: null,
    broken: false,
  });
  useEffect(() => {
    let newest = 0;
    return bridge.onAlone((photo) => {
      newest += 1;
      const mine = newest;
      const put = (broken: boolean) => mine === newest && setShown({ photo, broken });
      if (!photo) {
        put(false);
        return;
      }
      const node = new Image();
      node.src = bridge.photoUrl("preview", photo.photo);
      node.decode().then(
        () => put(false),
        () => put(true),
      );
    });
  }, [bridge]);
  return shown;
}

function useFocused(): boolean {
  const [focused, setFocused] = useState(document.hasFocus());
  useEffect(() => {
    const read = () => setFocused(document.hasFocus());
    window.addEventListener("focus", read);
    window.addEventListener("blur", read);
    return () => {
      window.removeEventListener("focus", read);
      window.removeEventListener("blur", read);
    };
  }, []);
  return focused;
}

export function PhotoAlone({ bridge }: { bridge: Bridge }) {
  const { photo, broken } = useShown(bridge);
  const focused = useFocused();
  /** A key was pressed here that is the desk's. */
  const [strange, setStrange] = useState(false);
  const keys = photo?.keys ?? DEFAULT_KEYS.alone;
  // Before the keys are painted: whoever reads them may press them at once.
  useLayoutEffect(() => {
    const down = (event: KeyboardEvent) => {
      // Held down it would close the window and, heard by the other one, open it again.
      if (event.repeat) return;
      if (keys.includes(event.code) || event.code === "Escape") bridge.toggleAlone().catch(() => undefined);
      else if (!MODIFIER.test(event.code)) setStrange(true);
    };
    const away = () => setStrange(false);
    window.addEventListener("blur", away);
    window.addEventListener("keydown", down);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("blur", away);
    };
  }, [bridge, keys]);
  return (
    <main className="alone" data-testid={tid.alone} data-sha={photo && !broken ? photo.photo : ""}>
      {photo && !broken ? (
        <PhotoImage src={bridge.photoUrl("preview", photo.photo)} alt={photo.caption} />
      ) : (
        <p>{photo ? words.broken : words.empty}</p>
      )}
      <footer>
        <span>{photo?.caption ?? ""}</span>
        {focused ? (
          <span role="status">
            {strange ? words.deskKeys : null}
            {words.hint([...keys.map(keyName), "Esc"])}
          </span>
        ) : null}
      </footer>
    </main>
  );
}
