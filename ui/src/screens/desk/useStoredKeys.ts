/** The reviewer's keys: read from the settings when the desk opens, written when one is changed. */
import { useCallback, useEffect, useState } from "react";
import type { Failure } from "../../bindings/wire";
import { asFailure, type Bridge } from "../../bridge/bridge";
import { bindingsOf, DEFAULT_KEYS, type KeyMap, keyMapOf } from "../../desk/keymap";
import { zh } from "../../zh";

export interface DeskKeys {
  map: KeyMap;
  set: (map: KeyMap) => void;
}

export function useStoredKeys(bridge: Bridge, fail: (failure: Failure) => void): DeskKeys {
  const [map, setMap] = useState<KeyMap>(DEFAULT_KEYS);
  useEffect(() => {
    bridge
      .call("keys_show", {})
      .then(({ bindings }) => setMap(keyMapOf(bindings)))
      .catch((thrown) => fail(asFailure(thrown, zh.failure.host)));
  }, [bridge, fail]);
  const set = useCallback(
    (wanted: KeyMap) => {
      bridge
        .call("keys_set", { bindings: bindingsOf(wanted) })
        .then(({ bindings }) => setMap(keyMapOf(bindings)))
        .catch((thrown) => fail(asFailure(thrown, zh.failure.host)));
    },
    [bridge, fail],
  );
  return { map, set };
}
