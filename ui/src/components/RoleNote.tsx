/** Says above what is not for whoever sits here that it is not, and whose it is. Nothing where it is. */
import { Alert } from "antd";
import { useMay } from "../app/may";
import type { CommandName } from "../bridge/bridge";
import { tid } from "../testids";

export function RoleNote({ command, act }: { command: CommandName; act?: string }) {
  const why = useMay()(command, act);
  return why ? (
    <Alert className="role-note" data-testid={tid.notAllowed} type="info" showIcon title={why} />
  ) : null;
}
