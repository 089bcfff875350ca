/** 帮助: what there is on the left, the chosen page beside it. Reads once, changes nothing. */
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, HelpPage } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { ScreenFrame } from "../../components/ScreenFrame";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { GuideArticle } from "./GuideArticle";
import { guidePages } from "./guidePages";
import { HelpArticle } from "./HelpArticle";
import { type Choice, HelpList } from "./HelpList";
import { HelpStart } from "./HelpStart";
import { ProgramArticle } from "./ProgramArticle";

const words = zh.help;

export function HelpScreen() {
  const { bridge, place, go } = useApp();
  const [pages, setPages] = useState<HelpPage[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    bridge
      .call("help_list", { round: place.round })
      .then(setPages)
      .catch((thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge, place.round]);
  const { from } = place;
  const choose = (choice: Choice) =>
    go({ screen: "help", round: place.round, ...(from ? { from } : {}), ...choice });
  const guide = guidePages().find((page) => page.name === place.guide);
  const rule = guide ? undefined : pages.find((page) => page.code === place.code);
  const program = guide || rule ? undefined : place.program;
  const chosen: Choice = {
    ...(guide ? { guide: guide.name } : {}),
    ...(rule ? { code: rule.code } : {}),
    ...(program ? { program } : {}),
  };
  return (
    <ScreenFrame
      name="help"
      fill
      title={words.title}
      note={words.note}
      actions={
        from ? (
          <Button data-testid={tid.helpBack} onClick={() => go(from)}>
            {words.back}
          </Button>
        ) : null
      }
    >
      <FailureNote failure={failure} />
      <div className="help">
        <HelpList pages={pages} chosen={chosen} onChoose={choose} />
        {guide ? <GuideArticle page={guide} onOpen={(name) => choose({ guide: name })} /> : null}
        {rule ? <HelpArticle key={rule.code} page={rule} /> : null}
        {program ? <ProgramArticle key={program} page={program} /> : null}
        {guide || rule || program ? null : <HelpStart />}
      </div>
    </ScreenFrame>
  );
}
