/** A command's failure where it happened: what it says, and the technical chain folded away. Never a pop-up. */
import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import type { Failure } from "../bindings/wire";
import { tid } from "../testids";
import { zh } from "../zh";

interface Props {
  failure: Failure | null;
  title?: string;
  onRetry?: () => void;
  onClose?: () => void;
  /** A way out of it. */
  way?: ReactNode;
}

export function FailureNote({ failure, title, onRetry, onClose, way }: Props) {
  if (!failure) return null;
  return (
    <Alert
      className="failure-note"
      data-testid={tid.failure}
      type="error"
      showIcon
      title={title ? `${title} ${failure.message}` : failure.message}
      description={
        failure.detail ? (
          <details>
            <summary>{zh.failure.detail}</summary>
            <pre>{failure.detail}</pre>
          </details>
        ) : undefined
      }
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry}>
            {zh.app.reload}
          </Button>
        ) : (
          way
        )
      }
      {...(onClose ? { closable: { onClose } } : {})}
    />
  );
}
