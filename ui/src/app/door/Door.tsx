/**
 * The door of the workspace: shut until it is unlocked or made, and while it is being sealed. The screens behind it are
 * not drawn before. A host without a door (the browser) lets everybody through.
 */
import { Progress, Spin } from "antd";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { DoorView, Failure, RecoveryShown, SealProgress } from "../../bindings/wire";
import { asFailure, type Bridge, type DoorBridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Themed } from "../Themed";
import { ToneButton } from "../ToneButton";
import { useTone } from "../theme";
import { DoorContext } from "./context";
import { NewWorkspace } from "./NewWorkspace";
import { RecoveryCode } from "./RecoveryCode";
import { Rescue } from "./Rescue";
import { Unlock } from "./Unlock";

const words = zh.seal;

type At =
  | { at: "asking" }
  | { at: "failed"; failure: Failure; title: string }
  | { at: "shut"; view: DoorView }
  | { at: "code"; shown: RecoveryShown }
  | { at: "sealing"; progress: SealProgress | null }
  | { at: "open" };

/** The room of the door's own pages; the tone is read anew each time it is entered. */
function Hall({ children }: { children: ReactNode }) {
  const [tone, onTone] = useTone();
  return (
    <Themed tone={tone}>
      <main className="door" data-testid={tid.door}>
        <div className="door-tone">
          <ToneButton tone={tone} onTone={onTone} />
        </div>
        <div className="panel stack">{children}</div>
      </main>
    </Themed>
  );
}

interface NewProps {
  bridge: Bridge;
  door: DoorBridge;
  view: DoorView;
  onAsk: () => void;
  onMade: (shown: RecoveryShown) => void;
}

/** No workspace yet: one is made, or restored of a backup in a file. */
function New({ bridge, door, view, onAsk, onMade }: NewProps) {
  const [restores, setRestores] = useState(false);
  if (restores)
    return <Rescue bridge={bridge} door={door} view={view} onAsk={onAsk} onBack={() => setRestores(false)} />;
  return <NewWorkspace door={door} view={view} onMade={onMade} onRestore={() => setRestores(true)} />;
}

function Sealing({ progress }: { progress: SealProgress | null }) {
  const { done, of } = progress ?? { done: 0, of: 0 };
  return (
    <Hall>
      <h1>{words.sealingTitle}</h1>
      <Progress percent={of === 0 ? 0 : Math.floor((done / of) * 100)} status="active" />
      <p>{of === 0 ? zh.app.starting : words.sealing(count(done), count(of))}</p>
      <p className="quiet">{words.sealingNote}</p>
    </Hall>
  );
}

export function Door({ bridge, children }: { bridge: Bridge; children: ReactNode }) {
  const { door } = bridge;
  const [now, setNow] = useState<At>(door ? { at: "asking" } : { at: "open" });

  const ask = useCallback(async () => {
    if (!door) return;
    try {
      const view = await door.show();
      setNow(view.state === "open" ? { at: "open" } : { at: "shut", view });
    } catch (thrown) {
      setNow({ at: "failed", failure: asFailure(thrown, zh.failure.host), title: words.failedOpen });
    }
  }, [door]);
  useEffect(() => {
    void ask();
  }, [ask]);
  useEffect(() => {
    if (!door) return undefined;
    return door.onSealing((progress) =>
      setNow((before) => (before.at === "sealing" ? { at: "sealing", progress } : before)),
    );
  }, [door]);

  const sealNow = useCallback(
    (passphrase: string) => {
      if (!door) return;
      // The screens go first: what they ask while the workspace is closed would only be refused.
      setNow({ at: "sealing", progress: null });
      door
        .seal(passphrase)
        .then((shown) => setNow({ at: "code", shown }))
        .catch((thrown: unknown) =>
          setNow({ at: "failed", failure: asFailure(thrown, zh.failure.host), title: words.failedTitle }),
        );
    },
    [door],
  );

  // The workspace goes on saying that nobody has the code until it hears this; where it did not open, it cannot.
  const copied = async (code: string) => {
    await bridge.call("seal_code_confirm", { code }).catch(() => undefined);
    await ask();
  };

  switch (now.at) {
    case "open":
      return <DoorContext.Provider value={door ? sealNow : null}>{children}</DoorContext.Provider>;
    case "asking":
      return (
        <Hall>
          <Spin />
        </Hall>
      );
    case "failed":
      return (
        <Hall>
          <h1>{now.title}</h1>
          <FailureNote failure={now.failure} onRetry={() => void ask()} />
        </Hall>
      );
    case "sealing":
      return <Sealing progress={now.progress} />;
    case "code":
      return (
        <Hall>
          <RecoveryCode {...now.shown} onDone={() => void copied(now.shown.code)} />
        </Hall>
      );
    case "shut":
      return (
        <Hall>
          {door && now.view.state === "locked" ? (
            <Unlock door={door} view={now.view} onOpen={() => void ask()} />
          ) : null}
          {door && now.view.state === "new" ? (
            <New
              bridge={bridge}
              door={door}
              view={now.view}
              onAsk={() => void ask()}
              onMade={(shown) => (shown.code === "" ? void ask() : setNow({ at: "code", shown }))}
            />
          ) : null}
          {door && now.view.state === "damaged" ? (
            <Rescue bridge={bridge} door={door} view={now.view} onAsk={() => void ask()} />
          ) : null}
        </Hall>
      );
  }
}
