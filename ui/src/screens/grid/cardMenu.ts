/** The context menu of a card. */
import type { QueueItem } from "../../bindings/wire";
import type { MenuEntry } from "../../components/ContextMenu";
import { copyText } from "../../components/clipboard";
import { zh } from "../../zh";

const words = zh.desk.menu;

interface Card {
  ticked: boolean;
  onToggle: (submission: number) => void;
  onOpen: (submission: number) => void;
}

export function cardMenu(item: QueueItem, { ticked, onToggle, onOpen }: Card): MenuEntry[] {
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
    { ...copy("copy-no", words.copyNo, student_no), apart: true },
    copy("copy-name", words.copyName, name),
  ];
}
