/** Asks twice before a round's data is deleted: what goes, and the round's name typed. */
import { Alert, Input, Modal } from "antd";
import { useState } from "react";
import type { EndingView } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { keptText } from "./kept";
import { OutsideList } from "./OutsideList";

const words = zh.ending;

interface Props {
  view: EndingView;
  onClose: () => void;
  onErase: (name: string, waived: string) => void;
}

export function EraseDialog({ view, onClose, onErase }: Props) {
  const [typed, setTyped] = useState("");
  const [waived, setWaived] = useState("");
  const early = view.kept_why !== "";
  const lacks = view.archive === null ? words.waivedArchive : view.archive.lacks;
  const unsound = lacks !== "" || early;
  const ready = typed.trim() === view.name && (!unsound || waived.trim() !== "");
  return (
    <Modal
      open
      title={words.eraseTitle}
      okText={words.sure}
      cancelText={words.cancel}
      okButtonProps={{ danger: true, disabled: !ready, "data-testid": tid.endingEraseSure }}
      onOk={() => onErase(typed.trim(), unsound ? waived.trim() : "")}
      onCancel={onClose}
      centered
      width={760}
    >
      <div className="stack erase-ask">
        <Alert
          type="error"
          showIcon
          title={words.eraseFacts(
            count(view.students),
            count(view.submissions),
            count(view.photos - view.shared),
          )}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section className="erase-facts" tabIndex={0} aria-label={words.eraseTitle}>
          <ul className="lines" data-testid={tid.endingEraseFacts}>
            {view.submissions === view.photos ? null : <li>{words.eraseOnce}</li>}
            {view.shared === 0 ? null : (
              <li className="text-warn" data-testid={tid.endingEraseShared}>
                {words.eraseShared(count(view.shared))}
              </li>
            )}
            <li className={lacks === "" ? "" : "text-warn"}>
              {view.archive === null
                ? words.eraseNoArchive
                : words.eraseArchive(view.archive.file, view.archive.made)}
            </li>
            <li className={early ? "text-warn" : ""}>{keptText(view)}</li>
            <li className="text-warn">{words.eraseBackups}</li>
            <li className="text-warn">
              {words.eraseStays}
              {view.outside.length === 0 ? null : (
                <>
                  <br />
                  {words.outsideKnown}
                  <OutsideList lines={view.outside} />
                </>
              )}
            </li>
          </ul>
        </section>
        {unsound ? (
          <div className="stack">
            <label htmlFor={tid.endingWaived}>
              {words.waived([lacks, view.kept_why].filter((why) => why !== ""))}
            </label>
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
