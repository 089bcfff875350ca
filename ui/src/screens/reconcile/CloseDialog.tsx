/** Asks before a round is closed, and over open differences for the reason that the log and the last page keep. */
import { Alert, Input, Modal } from "antd";
import { useState } from "react";
import type { EndingView } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { openText } from "./kept";

const words = zh.ending;

/** Characters of a reason that the station takes. */
const FEWEST = 4;

interface Props {
  view: EndingView;
  onCancel: () => void;
  onClose: (reason: string) => void;
}

export function CloseDialog({ view, onCancel, onClose }: Props) {
  const [reason, setReason] = useState("");
  const ready = view.differences === 0 || [...reason.trim()].length >= FEWEST;
  return (
    <Modal
      open
      title={words.closeAsk}
      okText={words.closeButton}
      cancelText={words.cancel}
      okButtonProps={{ disabled: !ready, "data-testid": tid.endingCloseSure }}
      onOk={() => onClose(reason.trim())}
      onCancel={onCancel}
    >
      <div className="stack">
        <p>{words.closeText}</p>
        {/* It covers the panel that says so. */}
        {view.differences > 0 ? (
          <>
            <Alert type="warning" showIcon title={openText(view)} description={words.closeOver} />
            <label htmlFor={tid.endingLeftOpen}>{words.leftOpen}</label>
            <Input
              id={tid.endingLeftOpen}
              data-testid={tid.endingLeftOpen}
              autoFocus
              maxLength={100}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        ) : (
          <p className="text-warn">{openText(view)}</p>
        )}
      </div>
    </Modal>
  );
}
