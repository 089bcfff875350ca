/** The size of everything, in the head of the window. */
import { ZoomInOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { useState } from "react";
import type { Bridge } from "../bridge/bridge";
import { useOwnKeys } from "../components/useOwnKeys";
import { tid } from "../testids";
import { zh } from "../zh";
import { useZoom, ZOOMS } from "./zoom";

export function ZoomChoice({ bridge }: { bridge: Bridge }) {
  const [percent, setPercent] = useZoom(bridge);
  const [open, setOpen] = useState(false);
  useOwnKeys(open);
  if (!bridge.zoom) return null;
  return (
    <Dropdown
      autoFocus
      trigger={["click"]}
      open={open}
      onOpenChange={setOpen}
      menu={{
        selectedKeys: [String(percent)],
        items: [
          ...ZOOMS.map((one) => ({
            key: String(one),
            label: <span data-testid={tid.zoomTo(one)}>{one}%</span>,
          })),
          { type: "divider" as const },
          // Below the sizes: a tip at the button would lie over the first of them.
          { key: "keys", disabled: true, label: zh.app.zoomHint },
        ],
        onClick: ({ key }) => setPercent(Number(key)),
      }}
    >
      <button
        type="button"
        className="topbar-button"
        data-testid={tid.zoom}
        aria-label={`${zh.app.zoom} ${percent}%`}
      >
        <ZoomInOutlined /> {percent}%
      </button>
    </Dropdown>
  );
}
