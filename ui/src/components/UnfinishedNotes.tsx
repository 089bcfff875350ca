/** What was broken off while it was written outside, with what to do, told until somebody saw to it. */
import { Alert, Button } from "antd";
import type { UnfinishedCard } from "../bindings/wire";
import { tid } from "../testids";
import { zh } from "../zh";
import { CopyPath } from "./CopyButton";
import { Guarded } from "./Guarded";

const words = zh.delivery;

interface Props {
  cards: UnfinishedCard[];
  /** What says that one was seen to. */
  command: "delivery_dismiss" | "backup_dismiss";
  onDismiss: (id: number) => void;
}

export function UnfinishedNotes({ cards, command, onDismiss }: Props) {
  return cards.map((card) => (
    <Alert
      key={card.id}
      type="warning"
      showIcon
      data-testid={tid.deliveryUnfinished(card.id)}
      title={words.unfinished(card.started, card.reviewer)}
      description={
        <div className="stack">
          <span className="break">{card.text}</span>
          <div className="wrap-row">
            <CopyPath path={card.folder} />
            <Guarded command={command}>
              <Button
                size="small"
                data-testid={tid.deliveryDismiss(card.id)}
                title={words.dismissTip}
                onClick={() => onDismiss(card.id)}
              >
                {words.dismiss}
              </Button>
            </Guarded>
          </div>
        </div>
      }
    />
  ));
}
