/** What came of a press, beside what was pressed. */
import type { Failure } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";

/** Part of the screen that something was done in. */
export type NoticePart = "template" | "groups" | "sms" | "rows" | "missing";

export interface Saying {
  part: NoticePart;
  text: string;
  failure: Failure | null;
}

export function Said({ said, part }: { said: Saying | null; part: NoticePart }) {
  if (said?.part !== part) return null;
  if (said.failure) return <FailureNote failure={said.failure} />;
  return (
    <span className="quiet" role="status" data-testid={tid.noticeSaid}>
      {said.text}
    </span>
  );
}
