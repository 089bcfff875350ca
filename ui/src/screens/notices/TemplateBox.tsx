/** The text of the notices as it is written: words to put in, the first student's text as it will read, the deadline. */
import { Button, type ButtonProps, Input, Popconfirm } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import dayjs from "dayjs";
import { useRef, useState } from "react";
import type { NoticeView } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Said, type Saying } from "./Said";

const words = zh.notices;
const TEMPLATE_MAX = 500;

interface Props {
  view: NoticeView;
  text: string;
  deadline: string;
  onText: (text: string) => void;
  onDeadline: (deadline: string) => void;
  onKeep: (template: string) => void;
  said: Saying | null;
}

export function TemplateBox({ view, text, deadline, onText, onDeadline, onKeep, said }: Props) {
  const [day, setDay] = useState(deadline);
  const box = useRef<TextAreaRef>(null);
  const insert = (word: string) => {
    const area = box.current?.resizableTextArea?.textArea;
    const from = area?.selectionStart ?? text.length;
    const to = area?.selectionEnd ?? from;
    const put = `{${word}}`;
    onText(text.slice(0, from) + put + text.slice(to));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  const putDay = () => {
    const wanted = day.trim();
    // A date half written is not asked about.
    if (wanted === "" || /^\d{4}-\d{2}-\d{2}$/.test(wanted)) onDeadline(wanted);
  };
  const example = view.rows[0];
  return (
    <section className="panel stack notice-template">
      <div className="stack">
        <label htmlFor="notice-template">
          <b>{words.template}</b> <span className="quiet">{words.templateHint}</span>
        </label>
        <Input.TextArea
          id="notice-template"
          ref={box}
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={TEMPLATE_MAX}
          value={text}
          data-testid={tid.noticeTemplate}
          onChange={(event) => onText(event.target.value)}
        />
      </div>
      <div className="wrap-row">
        {view.placeholders.map((word) => (
          <Button key={word} size="small" data-testid={tid.noticeWord(word)} onClick={() => insert(word)}>
            {`{${word}}`}
          </Button>
        ))}
        <span className="grow" />
        <Said said={said} part="template" />
        <Popconfirm
          title={words.firstAsk}
          okText={words.firstYes}
          cancelText={words.firstNo}
          okButtonProps={{ "data-testid": tid.noticeFirstSure } as ButtonProps}
          onConfirm={() => onKeep("")}
        >
          <Button size="small" type="text" data-testid={tid.noticeFirst}>
            {words.first}
          </Button>
        </Popconfirm>
        <Button
          size="small"
          disabled={view.unknown.length > 0}
          data-testid={tid.noticeKeep}
          onClick={() => onKeep(text)}
        >
          {words.keep}
        </Button>
      </div>
      {view.unknown.length > 0 ? (
        <p className="text-fail" role="alert">
          {words.unknown(view.unknown.map((word) => `{${word}}`).join(" "))}
        </p>
      ) : null}
      <div className="notice-day">
        <label htmlFor="notice-day">{words.deadline}</label>
        <Input
          id="notice-day"
          className="short"
          value={day}
          placeholder={view.deadline || "YYYY-MM-DD"}
          data-testid={tid.noticeDeadline}
          onChange={(event) => setDay(event.target.value)}
          onBlur={putDay}
          onPressEnter={putDay}
        />
        {view.days_left !== null && view.days_left < 0 ? (
          <span className="text-warn" role="alert">
            {words.deadlinePast(view.deadline)}
          </span>
        ) : (
          <span className="quiet">{words.deadlineHint(dayjs().add(2, "week").format("YYYY-MM-DD"))}</span>
        )}
      </div>
      {example ? (
        <p className="notice-example" data-testid={tid.noticeExample}>
          <b>{words.example}</b>　{example.text}
          <span className="quiet">　{words.exampleOf(example.parts)}</span>
        </p>
      ) : null}
    </section>
  );
}
