/**
 * One queue, or a filter: AND between kinds, OR within one, and a search by 姓名, 学号 or pinyin initials. A filter begins
 * in the opened queue and narrows that; what it keeps of the queue stands in the boxes and can be taken out there.
 * Says what is wanted; asking is the screen's business. Nothing of the opened list moves until it answers.
 */
import { Checkbox, Input, Select } from "antd";
import { memo, useEffect, useRef, useState } from "react";
import type { QueueCount, QueueFilter } from "../../bindings/wire";
import { everything, within } from "../../desk/everything";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.filter;
/** Typing rests this long before it is searched for. */
const TYPING_MS = 120;

interface Props {
  round: number;
  counts: QueueCount[];
  /** The queue opened last, also while a filter lists something else: clearing the filter goes back to it. */
  queue: string;
  /** The filter that the list was opened with. */
  begun?: QueueFilter | undefined;
  onQueue: (queue: string) => void;
  /** A queue was chosen from the list, which wants the keys no longer. */
  onChosen?: () => void;
  onFilter: (filter: QueueFilter) => void;
}

function isEmpty(filter: QueueFilter): boolean {
  const { queues, codes, colleges, mine, text } = filter;
  return queues.length + codes.length + colleges.length === 0 && !mine && text.trim() === "";
}

/** Whether two filters keep the same: every list here is in the order of choosing, and one of one has no order. */
const isSame = (one: QueueFilter, other: QueueFilter) => JSON.stringify(one) === JSON.stringify(other);

function options(counts: QueueCount[], prefix: string) {
  return counts
    .filter((queue) => queue.queue.startsWith(prefix))
    .map((queue) => ({
      value: queue.queue.slice(prefix.length),
      // Of an office's late days: nothing waits there, and what was decided is still looked for.
      label: prefix !== "" && queue.count === 0 ? queue.title : `${queue.title}（${count(queue.count)}）`,
    }));
}

/** Drawn anew only when it changed: its boxes cost as much as a page of photos. */
export const FilterBar = memo(function FilterBar(props: Props) {
  const { round, counts, queue, onQueue, onChosen, onFilter } = props;
  const [filter, setFilter] = useState<QueueFilter>(props.begun ?? everything(round));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // A rule or a college of which nothing waits is no queue to open.
  const waiting = counts.filter((one) => one.count > 0 || !/^(rule|college):/.test(one.queue));
  const fixed = options(counts, "").filter(({ value }) => !/^(rule|college):|^(mine|second)$/.test(value));

  const change = (part: Partial<QueueFilter>) => {
    const begun = within(round, queue);
    const next = { ...(isEmpty(filter) ? begun : filter), ...part };
    const back = isEmpty(next) || isSame(next, begun);
    setFilter(back ? everything(round) : next);
    clearTimeout(timer.current);
    const ask = () => (back ? onQueue(queue) : onFilter(next));
    if ("text" in part) timer.current = setTimeout(ask, TYPING_MS);
    else ask();
  };
  const several = (title: string, key: "queues" | "codes" | "colleges", list: typeof fixed, id: string) => (
    <Select
      mode="multiple"
      allowClear
      maxTagCount={filter[key].length > 1 ? 0 : 1}
      maxTagPlaceholder={(chosen) => (
        <span title={chosen.map(({ label }) => label).join("、")}>{words.several(title, chosen.length)}</span>
      )}
      className="filter-box"
      popupMatchSelectWidth={false}
      placeholder={title}
      aria-label={title}
      value={filter[key]}
      options={list}
      optionFilterProp="label"
      data-testid={tid.filter(id)}
      onChange={(value: string[]) => change({ [key]: value })}
    />
  );
  return (
    <search className="filter" aria-label={words.label}>
      <Select
        className="filter-queue"
        popupMatchSelectWidth={false}
        aria-label={words.queue}
        value={isEmpty(filter) ? queue : words.filtered}
        options={options(waiting, "")}
        data-testid={tid.filter("queue")}
        onChange={(value: string) => {
          clearTimeout(timer.current);
          setFilter(everything(round));
          onQueue(value);
          onChosen?.();
        }}
      />
      {several(words.state, "queues", fixed, "state")}
      {several(words.rule, "codes", options(counts, "rule:"), "rule")}
      {several(words.college, "colleges", options(counts, "college:"), "college")}
      <Checkbox checked={filter.mine} onChange={(event) => change({ mine: event.target.checked })}>
        {words.mine}
      </Checkbox>
      <Input.Search
        allowClear
        className="search"
        placeholder={words.search}
        aria-label={words.search}
        value={filter.text}
        data-testid={tid.filter("text")}
        onChange={(event) => change({ text: event.target.value })}
      />
    </search>
  );
});
