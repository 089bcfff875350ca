/** The context menu of a card. */
import type { GridPartner, QueueItem } from "../../bindings/wire";
import type { MenuEntry } from "../../components/ContextMenu";
import { copyText } from "../../components/clipboard";
import { zh } from "../../zh";

const words = zh.desk.menu;

interface Card {
  ticked: boolean;
  /** Other students with the same picture. */
  partners: readonly GridPartner[];
  onToggle: (submission: number) => void;
  onOpen: (submission: number) => void;
}

export function cardMenu(item: QueueItem, { ticked, partners, onToggle, onOpen }: Card): MenuEntry[] {
  const { submission, decision, student_no, name } = item;
  const copy = (key: string, label: string, text: string): MenuEntry => ({
    key,
    label,
    disabled: text === "",
    onChoose: () => void copyText({ plain: text }).catch(() => undefined),
  });
  return [
    {
      key: "tick",
      label: ticked ? words.untick : words.tick,
      disabled: decision !== "",
      onChoose: () => onToggle(submission),
    },
    { key: "open-desk", label: words.openDesk, onChoose: () => onOpen(submission) },
    ...partners.map((other) => ({
      key: `open-alike-${other.submission}`,
      label: zh.grid.openAlike(other),
      onChoose: () => onOpen(other.submission),
    })),
    { ...copy("copy-no", words.copyNo, student_no), apart: true },
    copy("copy-name", words.copyName, name),
  ];
}
