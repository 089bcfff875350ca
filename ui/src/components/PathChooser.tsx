/** A button that opens the host's dialog, or, where there is none, a box to type a path into. */
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useApp } from "../app/context";
import type { Failure } from "../bindings/wire";
import { asFailure, type PickKind } from "../bridge/bridge";
import { tid } from "../testids";
import { zh } from "../zh";
import { FailureNote } from "./FailureNote";

interface Choice {
  kind: PickKind;
  label: string;
  testid: string;
  icon?: ReactNode;
  primary?: boolean;
}

interface Props {
  choices: Choice[];
  disabled?: boolean;
  onChosen: (paths: string[]) => void;
}

export function PathChooser({ choices, disabled, onChosen }: Props) {
  const { bridge } = useApp();
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);

  const open = async (kind: PickKind) => {
    setFailure(null);
    try {
      const paths = await bridge.pick(kind);
      if (paths && paths.length > 0) onChosen(paths);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const use = () => {
    const path = typed.trim().replace(/^"(.*)"$/, "$1");
    if (path !== "") onChosen([path]);
  };

  // Told only where it is so: else it would contradict what is around it.
  const off = disabled ? { disabled } : {};
  if (!bridge.picks) {
    // Where files go, a name typed for one of them would become a folder.
    const folder = choices.every(({ kind }) => kind === "delivery_folder");
    const asked = folder ? zh.path.folder : zh.path.placeholder;
    return (
      <div className="path-chooser">
        <Input
          data-testid={tid.pathInput}
          value={typed}
          {...off}
          placeholder={asked}
          aria-label={asked}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={use}
        />
        <Button
          data-testid={tid.pathUse}
          type="primary"
          disabled={disabled || typed.trim() === ""}
          onClick={use}
        >
          {zh.path.use}
        </Button>
        <p className="quiet">{zh.path.typed}</p>
      </div>
    );
  }
  return (
    <div className="path-chooser">
      {choices.map((choice) => (
        <Button
          key={choice.kind}
          data-testid={choice.testid}
          type={choice.primary ? "primary" : "default"}
          size="large"
          icon={choice.icon}
          {...off}
          onClick={() => void open(choice.kind)}
        >
          {choice.label}
        </Button>
      ))}
      <FailureNote failure={failure} />
    </div>
  );
}
