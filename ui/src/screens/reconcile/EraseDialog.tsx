/** Asks twice before a round's data is deleted: what goes, and the round's name typed. */
import { Alert, Input, Modal } from "antd";
import { useState } from "react";
import type { EndingView } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.ending;

interface Props {
  view: EndingView;
  onClose: () => void;
  onErase: (name: string, waived: string) => void;
}

export function EraseDialog({ view, onClose, onErase }: Props) {
  const [typed, setTyped] = useState("");
  const [waived, setWaived] = useState("");
  const ready = typed.trim() === view.name && (view.archive !== null || waived.trim() !== "");
  return (
    <Modal
      open
      title={words.eraseTitle}
      okText={words.sure}
      cancelText={words.cancel}
      okButtonProps={{ danger: true, disabled: !ready, "data-testid": tid.endingEraseSure }}
      onOk={() => onErase(typed.trim(), waived.trim())}
      onCancel={onClose}
    >
      <div className="stack">
        <Alert type="error" showIcon title={words.eraseFacts(count(view.students), count(view.photos))} />
        {view.archive === null ? (
          <div className="stack">
            <label htmlFor={tid.endingWaived}>{words.waived}</label>
            <Input
              id={tid.endingWaived}
              data-testid={tid.endingWaived}
              maxLength={100}
              value={waived}
              onChange={(event) => setWaived(event.target.value)}
            />
          </div>
        ) : null}
        <label htmlFor={tid.endingTyped}>{words.typed(view.name)}</label>
        <Input
          id={tid.endingTyped}
          data-testid={tid.endingTyped}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
    </Modal>
  );
}
