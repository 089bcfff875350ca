/** Keeps the second window at the desk's photo. Sends it once it stands on the desk, and nothing for an empty desk. */
import { useEffect } from "react";
import type { QueueItem } from "../../bindings/wire";
import type { Bridge } from "../../bridge/bridge";

export function useAlone(bridge: Bridge, item: QueueItem | undefined, keys: readonly string[]): void {
  const photo = item?.photo;
  const caption = item ? `${item.student_no} ${item.name}`.trim() : "";
  useEffect(() => {
    // Between two photos the last one stays: an empty flash is worse than a photo that is a blink old.
    if (photo !== undefined) bridge.showAlone({ photo, caption, keys });
  }, [bridge, photo, caption, keys]);
  useEffect(() => () => bridge.showAlone(null), [bridge]);
}
