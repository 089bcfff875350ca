/** Shows a folder in the file manager, where there is one to be asked. */
import { Button } from "antd";
import { useApp } from "../app/context";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";

export function OpenButton({ testid, onOpen }: { testid: string; onOpen: () => Promise<void> }) {
  const { bridge, notify } = useApp();
  if (!bridge.picks) return null;
  const open = () =>
    onOpen()
      // What was said of an attempt before is not so any more.
      .then(() => notify(""))
      .catch((thrown) => notify(asFailure(thrown, zh.failure.host).message));
  return (
    <Button size="small" data-testid={testid} onClick={() => void open()}>
      {zh.delivery.open}
    </Button>
  );
}
