/** 帮助: the rules by family on the left, the page of the chosen one beside it. Reads once, changes nothing. */
import { Button, Input } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, HelpPage } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { ScreenFrame } from "../../components/ScreenFrame";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { HelpArticle } from "./HelpArticle";
import { HelpStart } from "./HelpStart";

const words = zh.help;

/** The pages in their order, by family. */
function byFamily(pages: HelpPage[]): [string, HelpPage[]][] {
  const families = new Map<string, HelpPage[]>();
  for (const page of pages) families.set(page.family, [...(families.get(page.family) ?? []), page]);
  return [...families];
}

function matches(page: HelpPage, sought: string): boolean {
  return `${page.code} ${page.title} ${page.family}`.toLowerCase().includes(sought.trim().toLowerCase());
}

export function HelpScreen() {
  const { bridge, place, go } = useApp();
  const [pages, setPages] = useState<HelpPage[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [sought, setSought] = useState("");
  useEffect(() => {
    bridge
      .call("help_list", { round: place.round })
      .then(setPages)
      .catch((thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge, place.round]);
  const families = useMemo(() => byFamily(pages.filter((page) => matches(page, sought))), [pages, sought]);
  const shown = pages.find((page) => page.code === place.code);
  const { from } = place;
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
        <nav className="help-list" aria-label={words.title}>
          <Input
            allowClear
            data-testid={tid.helpSearch}
            placeholder={words.search}
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
          <button
            type="button"
            className={shown ? "help-entry" : "help-entry help-here"}
            data-testid={tid.helpEntry("start")}
            aria-current={shown ? undefined : "page"}
            onClick={() => go({ screen: "help", round: place.round, ...(from ? { from } : {}) })}
          >
            {words.start.title}
          </button>
          {families.length === 0 && pages.length > 0 ? <p className="quiet">{words.none}</p> : null}
          {families.map(([family, list]) => (
            <section key={family}>
              <h3>{family}</h3>
              {list.map((page) => (
                <button
                  type="button"
                  key={page.code}
                  className={page === shown ? "help-entry help-here" : "help-entry"}
                  data-testid={tid.helpEntry(page.code)}
                  aria-current={page === shown ? "page" : undefined}
                  onClick={() => go({ ...place, code: page.code })}
                >
                  <span className="mono">{page.code}</span> {page.title}
                </button>
              ))}
            </section>
          ))}
        </nav>
        {shown ? <HelpArticle key={shown.code} page={shown} /> : <HelpStart />}
      </div>
    </ScreenFrame>
  );
}
