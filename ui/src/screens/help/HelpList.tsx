/** What help there is, to be found and chosen: the first page, the guide, the program, the rules by family. */
import { Input } from "antd";
import { useState } from "react";
import type { HelpPage } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { guideHas, guidePages } from "./guidePages";
import { PROGRAM_PAGES, type ProgramPage } from "./ProgramArticle";

const words = zh.help;

/** What is shown: a page of the guide, a rule, one about the program, or none, which is the first page. */
export interface Choice {
  guide?: string;
  code?: string;
  program?: ProgramPage;
}

/** The pages in their order, by family. */
function byFamily(pages: HelpPage[]): [string, HelpPage[]][] {
  const families = new Map<string, HelpPage[]>();
  for (const page of pages) families.set(page.family, [...(families.get(page.family) ?? []), page]);
  return [...families];
}

function matches(page: HelpPage, sought: string): boolean {
  return `${page.code} ${page.title} ${page.family}`.toLowerCase().includes(sought.trim().toLowerCase());
}

interface EntryProps {
  name: string;
  here: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}

function Entry({ name, here, onChoose, children }: EntryProps) {
  return (
    <button
      type="button"
      className={here ? "help-entry help-here" : "help-entry"}
      data-testid={tid.helpEntry(name)}
      aria-current={here ? "page" : undefined}
      onClick={onChoose}
    >
      {children}
    </button>
  );
}

interface Props {
  pages: HelpPage[];
  chosen: Choice;
  onChoose: (choice: Choice) => void;
}

export function HelpList({ pages, chosen, onChoose }: Props) {
  const [sought, setSought] = useState("");
  const guide = guidePages().filter((page) => guideHas(page, sought));
  const program = PROGRAM_PAGES.filter((page) => words.program.titles[page].includes(sought.trim()));
  const families = byFamily(pages.filter((page) => matches(page, sought)));
  return (
    <nav className="help-list" aria-label={words.title}>
      <Input
        allowClear
        data-testid={tid.helpSearch}
        placeholder={words.search}
        aria-label={words.search}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      <Entry
        name="start"
        here={!chosen.guide && !chosen.code && !chosen.program}
        onChoose={() => onChoose({})}
      >
        {words.start.title}
      </Entry>
      {program.length > 0 ? (
        <section>
          <h2>{words.program.title}</h2>
          {program.map((page) => (
            <Entry
              key={page}
              name={page}
              here={chosen.program === page}
              onChoose={() => onChoose({ program: page })}
            >
              {words.program.titles[page]}
            </Entry>
          ))}
        </section>
      ) : null}
      {guide.length === 0 && program.length === 0 && families.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : null}
      {guide.length > 0 ? (
        <section>
          <h2>{words.guide.title}</h2>
          {guide.map(({ name, title }) => (
            <Entry
              key={name}
              name={name}
              here={chosen.guide === name}
              onChoose={() => onChoose({ guide: name })}
            >
              {title}
            </Entry>
          ))}
        </section>
      ) : null}
      {families.map(([family, list]) => (
        <section key={family}>
          <h2>{family}</h2>
          {list.map(({ code, title }) => (
            <Entry key={code} name={code} here={chosen.code === code} onChoose={() => onChoose({ code })}>
              <span className="mono">{code}</span> {title}
            </Entry>
          ))}
        </section>
      ))}
    </nav>
  );
}
