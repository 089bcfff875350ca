/** The context menu of a finding: call it wrong, read why it is checked, change its limits. */
import type { Screen } from "../../app/context";
import type { FindingView } from "../../bindings/wire";
import type { MenuEntry } from "../../components/ContextMenu";
import { copyText } from "../../components/clipboard";
import { type KeyMap, keyName } from "../../desk/keymap";
import { zh } from "../../zh";

const words = zh.desk.menu;

interface Acts {
  /** Why no finding is called wrong; null while one may be. */
  barred: string | null;
  dispute: () => void;
  go: (screen: Screen) => void;
}

export function menuOfFinding(
  finding: FindingView,
  keys: KeyMap,
  { barred, dispute, go }: Acts,
): MenuEntry[] {
  const [code] = keys["mark-wrong"];
  return [
    {
      key: "dispute",
      label: words.dispute,
      disabled: finding.severity === "pass" || barred !== null,
      why: barred,
      ...(code === undefined ? {} : { keys: keyName(code) }),
      onChoose: dispute,
    },
    { key: "why", label: words.why, apart: true, onChoose: () => go("help") },
    { key: "limits", label: words.limits, onChoose: () => go("standard") },
    {
      key: "copy-finding",
      label: words.copyFinding,
      apart: true,
      onChoose: () => void copyText({ plain: `${finding.title}：${finding.message}` }).catch(() => undefined),
    },
  ];
}
