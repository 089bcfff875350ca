/** The context menu of the desk's photo: what can be done with it, each with its key. Acts only through the desk. */
import type { MouseEvent } from "react";
import type { QueueItem } from "../../bindings/wire";
import type { MenuEntry } from "../../components/ContextMenu";
import { copyText } from "../../components/clipboard";
import { type ActName, type KeyMap, keyName } from "../../desk/keymap";
import type { DeskAct } from "../../desk/keys";
import { zh } from "../../zh";

const words = zh.desk;

export function photoMenu(
  event: MouseEvent,
  item: QueueItem | undefined,
  keys: KeyMap,
  /** How many photos there are to compare with. */
  others: number,
  /** Why nothing is said of the photo; null while something may be. */
  barred: string | null,
  perform: (act: DeskAct) => void,
  reassign: (item: QueueItem) => void,
): MenuEntry[] {
  // Boxes keep the menu with which text is cut and pasted.
  const box = event.target instanceof Element && event.target.closest("input, textarea, .key-list");
  if (!item || box) return [];
  const act = (key: ActName, label: string, does: DeskAct, apart = false): MenuEntry => {
    const [code] = keys[key];
    return {
      key,
      label,
      apart,
      ...(code === undefined ? {} : { keys: keyName(code) }),
      onChoose: () => perform(does),
    };
  };
  const copy = (key: string, label: string, text: string): MenuEntry => ({
    key,
    label,
    disabled: text === "",
    apart: key === "copy-no",
    onChoose: () => void copyText({ plain: text }).catch(() => undefined),
  });
  const saying = (key: "approve" | "reject" | "hold" | "undo"): MenuEntry => ({
    ...act(key, words.actions[key], { act: key }),
    disabled: barred !== null,
    why: barred,
  });
  return [
    saying("approve"),
    saying("reject"),
    saying("hold"),
    saying("undo"),
    {
      ...act("compare", words.menu.sideBySide, { act: "side-by-side" }, true),
      keys: `⇧${keyName(keys.compare[0] ?? "")}`,
      disabled: others === 0,
    },
    ...(others > 1 ? [act("compare-other", words.menu.compareOther, { act: "compare-other" })] : []),
    act("crop-eyes", words.acts["crop-eyes"], { act: "crop", crop: "eyes" }),
    act("crop-ears", words.acts["crop-ears"], { act: "crop", crop: "ears" }),
    act("crop-mouth", words.acts["crop-mouth"], { act: "crop", crop: "mouth" }),
    act("alone", words.menu.alone, { act: "alone" }),
    {
      key: "reassign",
      // A decision was made on one person's photo: it must not go with the photo to another.
      label: item.decision === "" ? words.menu.reassign : words.menu.reassignDecided,
      disabled: item.decision !== "" || barred !== null,
      why: barred,
      apart: true,
      onChoose: () => reassign(item),
    },
    copy("copy-no", words.menu.copyNo, item.student_no),
    copy("copy-name", words.menu.copyName, item.name),
  ];
}
