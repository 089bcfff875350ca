/**
 * The text of a guide page as React elements. Only the elements that the guide is made of are let through, without
 * their attributes: nothing of a page can run, load or style anything here.
 */
import { createElement, type ReactNode } from "react";
import { GuidePicture } from "./GuidePicture";
import type { GuidePage } from "./guidePages";

/** Elements of a page and what they become: the screen has a first heading already. */
const ELEMENTS: Record<string, string> = {
  h1: "h2",
  h2: "h3",
  h3: "h4",
  p: "p",
  ul: "ul",
  ol: "ol",
  li: "li",
  strong: "strong",
  em: "em",
  code: "code",
  blockquote: "blockquote",
  table: "table",
  thead: "thead",
  tbody: "tbody",
  tr: "tr",
  th: "th",
  td: "td",
  br: "br",
};

interface Props {
  page: GuidePage;
  /** The id of the first heading, which names the page. */
  titleId: string;
  onOpen: (name: string) => void;
}

export function GuideText({ page, titleId, onOpen }: Props) {
  const children = (node: Element) => [...node.childNodes].map(shown);

  function shown(node: ChildNode, key: number): ReactNode {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.textContent ?? "";
      // The line ends between rows and cells are no text; a space between two keys is.
      return text.includes("\n") && text.trim() === "" ? null : text;
    }
    if (!(node instanceof Element)) return null;
    const name = node.localName;
    if (name === "figure") {
      const words = node.querySelector("img")?.getAttribute("alt") ?? "";
      return <GuidePicture key={key} screen={node.getAttribute("data-screen") ?? ""} words={words} />;
    }
    if (name === "a") {
      const target = (node.getAttribute("href") ?? "").replace(/\.html$/, "");
      return (
        <button key={key} type="button" className="guide-link" onClick={() => onOpen(target)}>
          {children(node)}
        </button>
      );
    }
    const element = ELEMENTS[name];
    if (!element) throw new Error(`<${name}> in ${page.name}`);
    if (element === "br") return <br key={key} />;
    return createElement(element, { key, ...(name === "h1" ? { id: titleId } : {}) }, ...children(node));
  }

  return <>{children(page.main)}</>;
}
