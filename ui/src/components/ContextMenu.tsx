/**
 * A menu at the pointer, for whatever lies under it. While it is open the keys are the menu's; afterwards they go
 * back to where they were. Costs nothing while closed.
 */
import { Dropdown } from "antd";
import { type MouseEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import { tid } from "../testids";
import { useOwnKeys } from "./useOwnKeys";

export interface MenuEntry {
  key: string;
  label: ReactNode;
  /** The key that does the same, as it is printed on keyboards. */
  keys?: string;
  disabled?: boolean;
  /** Why it is disabled, where it does not tell itself. */
  why?: string | null;
  /** A line above sets it apart from what came before. */
  apart?: boolean;
  onChoose: () => void;
}

interface Opened {
  x: number;
  y: number;
  entries: MenuEntry[];
  /** What had the keys before. */
  before: Element | null;
  about: unknown;
}

function itemsOf(entries: MenuEntry[]) {
  return entries.flatMap((entry) => [
    ...(entry.apart ? [{ type: "divider" as const, key: `${entry.key}-line` }] : []),
    {
      key: entry.key,
      disabled: entry.disabled ?? false,
      label: (
        <span className="menu-entry" title={entry.why ?? undefined} data-testid={tid.menuEntry(entry.key)}>
          <span>{entry.label}</span>
          {entry.keys ? <kbd>{entry.keys}</kbd> : null}
        </span>
      ),
    },
  ]);
}

/** Where there is no room below the pointer the menu moves up as far as it must, and never out of the window. */
const IN_WINDOW = { adjustX: 1, shiftY: true } as const;

function Menu({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { x, y, entries, before } = opened;
  useOwnKeys(true);
  useEffect(() => {
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [before]);
  return (
    <Dropdown
      open
      autoFocus
      autoAdjustOverflow={IN_WINDOW}
      align={{ offset: [0, 0] }}
      classNames={{ root: "context-menu" }}
      trigger={["click"]}
      onOpenChange={(open) => !open && onClose()}
      menu={{
        items: itemsOf(entries),
        onClick: ({ key }) => {
          onClose();
          entries.find((entry) => entry.key === key)?.onChoose();
        },
        onKeyDown: (event) => {
          if (event.key === "Escape") onClose();
        },
      }}
    >
      {/* Not of no size: a menu beside nothing is not shown. */}
      <span style={{ position: "fixed", left: x, top: y, width: 1, height: 1 }} />
    </Dropdown>
  );
}

/**
 * `entriesOf` is asked when the menu opens; none and no menu opens. `about` is what the entries act on: when it is no
 * longer the same, the menu is gone.
 */
export function useContextMenu(
  entriesOf: (event: MouseEvent) => MenuEntry[],
  about?: unknown,
): { onContextMenu: (event: MouseEvent) => void; menu: ReactNode } {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = useCallback(() => setOpened(null), []);
  // While drawing, not after: the menu is never seen beside something else.
  if (opened && opened.about !== about) setOpened(null);
  const onContextMenu = (event: MouseEvent) => {
    const entries = entriesOf(event);
    if (entries.length === 0) return;
    event.preventDefault();
    setOpened({ x: event.clientX, y: event.clientY, entries, before: document.activeElement, about });
  };
  return { onContextMenu, menu: opened ? <Menu opened={opened} onClose={close} /> : null };
}
