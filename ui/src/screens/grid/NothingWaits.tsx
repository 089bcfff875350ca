/** A list in which nothing waits, because it is empty or all of it was reviewed: says so, and where photos wait. */
import { Button, Space } from "antd";
import type { QueueCount } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.grid;

/** Queues to go on with, in the order of the work. */
const WORTH = ["clear", "hints", "failing", "unknown", "pending", "held"];

interface Props {
  /** Why nothing waits here. */
  text: string;
  counts: readonly QueueCount[];
  onQueue: (queue: string) => void;
  /** Goes where photos are brought in. */
  onPhotos: () => void;
}

export function NothingWaits({ text, counts, onQueue, onPhotos }: Props) {
  const waiting = WORTH.flatMap((key) => counts.filter((one) => one.queue === key && one.count > 0));
  if (counts.length > 0 && counts.every((one) => one.count === 0)) {
    return (
      <div className="panel stack quiet" data-testid={tid.gridNothing}>
        <p>{zh.desk.noPhotos}</p>
        <Button className="fit" type="primary" data-testid={tid.gridPhotos} onClick={onPhotos}>
          {zh.nav.photos}
        </Button>
      </div>
    );
  }
  return (
    <div className="panel quiet" data-testid={tid.gridNothing}>
      <p>{text}</p>
      {waiting.length > 0 ? (
        <Space wrap size="small">
          {words.elsewhereWait}
          {waiting.map((one) => (
            <Button
              key={one.queue}
              size="small"
              data-testid={tid.gridElsewhere(one.queue)}
              onClick={() => onQueue(one.queue)}
            >
              {words.openQueue(one.title, count(one.count))}
            </Button>
          ))}
        </Space>
      ) : null}
    </div>
  );
}
