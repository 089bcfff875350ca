/** `?` wherever no photo is on the desk, which then has a list of its own: the keys that mean something here. */
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { keyOf, undoKeyOfGrid } from "../desk/keymap";
import { isEditable } from "../keyTarget";
import { useStoredKeys } from "../screens/desk/useStoredKeys";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";

const words = zh.keys;

/** The keys as they are at first, where the own ones cannot be read: the grid itself tells why. */
const ignore = () => undefined;

function Keys({ title, list }: { title: string; list: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="screen-keys">
        {list.map(([key, what]) => (
          <div key={key} className="key-row">
            <dt>{what}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The grid's, the undo by the reviewer's own key. */
function GridKeys() {
  const { bridge } = useApp();
  const { map } = useStoredKeys(bridge, ignore);
  return <Keys title={words.ofGrid} list={words.grid(undoKeyOfGrid(map), keyOf(map, "grid"))} />;
}

export function ScreenKeys() {
  const { bridge, place } = useApp();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.repeat || document.querySelector(`[data-testid=${tid.desk}]`)) return;
      if (event.key !== "?" || event.ctrlKey || event.altKey || event.metaKey || isEditable(event.target))
        return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, []);
  // Another screen has other keys.
  useEffect(() => {
    void place.screen;
    setOpen(false);
  }, [place.screen]);
  const close = () => setOpen(false);
  return (
    // Always there: one that is taken away while it closes gives the keys back to nobody.
    <Modal
      open={open}
      destroyOnHidden
      title={words.title}
      onCancel={close}
      onOk={close}
      okText={words.close}
      cancelButtonProps={{ style: { display: "none" } }}
      data-testid={tid.screenKeys}
    >
      {place.screen === "grid" ? <GridKeys /> : null}
      {place.screen === "roster" ? <Keys title={words.ofRoster} list={words.roster} /> : null}
      <Keys title={words.everywhere} list={bridge.zoom ? [...words.general, ...words.zoom] : words.general} />
      <p className="quiet">{words.deskHint}</p>
    </Modal>
  );
}
