/** One page of the user guide, with the ways to the pages before and after it. */
import { Button } from "antd";
import { useEffect, useId, useRef } from "react";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { GuideText } from "./GuideText";
import { type GuidePage, guidePages } from "./guidePages";

const words = zh.help.guide;

interface Props {
  page: GuidePage;
  onOpen: (name: string) => void;
}

export function GuideArticle({ page, onOpen }: Props) {
  const titleId = useId();
  const article = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    const box = article.current;
    if (!box) return;
    box.scrollTop = 0;
    // Who turned the page from inside reads on there; who chose it in the list stays in the list.
    if (box.contains(document.activeElement)) box.focus();
  }, [page]);
  const pages = guidePages();
  const at = pages.indexOf(page);
  const ways = [
    ["before", pages[at - 1]],
    ["after", pages[at + 1]],
  ] as const;
  return (
    <article
      ref={article}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="help-article guide"
      aria-labelledby={titleId}
      data-testid={tid.helpPage(page.name)}
    >
      <GuideText key={page.name} page={page} titleId={titleId} onOpen={onOpen} />
      <nav className="guide-ways" aria-label={words.ways}>
        {ways.map(([way, other]) =>
          other ? (
            <Button key={way} data-testid={tid.guideTurn(way)} onClick={() => onOpen(other.name)}>
              {words[way]}：{other.title}
            </Button>
          ) : (
            <span key={way} />
          ),
        )}
      </nav>
    </article>
  );
}
