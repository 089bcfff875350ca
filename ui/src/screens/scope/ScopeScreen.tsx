/** 采集范围: whom a round collects and when, tried out before it is saved. */
import { Button, DatePicker, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ScopeSet } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Cohorts } from "./Cohorts";
import { Collected } from "./Collected";
import { ScopeSums } from "./ScopeSums";
import { Stragglers } from "./Stragglers";
import { useScope } from "./useScope";

const words = zh.scope;
const day = (value: Dayjs | null | undefined) => value?.format("YYYY-MM-DD") ?? "";
const date = (text: string) => (text === "" ? null : dayjs(text));

interface WindowProps {
  draft: ScopeSet;
  outside: number;
  over: number;
  onChange: (part: Partial<ScopeSet>) => void;
}

function WindowPanel({ draft, outside, over, onChange }: WindowProps) {
  return (
    <section className="panel stack">
      <header className="wrap-row scope-head">
        <h3>{words.window}</h3>
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          value={[date(draft.opens_on), date(draft.closes_on)]}
          placeholder={[words.opens, words.closes]}
          onChange={(days) => onChange({ opens_on: day(days?.[0]), closes_on: day(days?.[1]) })}
        />
        <span className="wrap-row">
          <label htmlFor="scope-limit">{words.limit}</label>
          <InputNumber
            id="scope-limit"
            data-testid={tid.scopeLimit}
            min={1}
            max={99}
            precision={0}
            style={{ width: 84 }}
            placeholder={words.any}
            value={draft.limit || null}
            onChange={(limit) => onChange({ limit: limit ?? 0 })}
          />
          {words.times}
        </span>
      </header>
      {/* How many it concerns stands on a line that is there without them, too: nothing moves under the pointer. */}
      <p className="scope-notes">
        <span className="quiet">{words.windowNote}</span>
        {outside > 0 ? <span data-testid={tid.scopeOutside}>{words.outside(count(outside))}</span> : null}
        {over > 0 ? <span data-testid={tid.scopeOver}>{words.over(count(over))}</span> : null}
      </p>
    </section>
  );
}

export function ScopeScreen({ round }: { round: number }) {
  const scope = useScope(round);
  const { view, draft, counts, said } = scope;
  const put = (part: Partial<ScopeSet>) => draft && scope.setDraft({ ...draft, ...part });
  return (
    <ScreenFrame
      name="scope"
      title={words.title}
      note={words.how}
      actions={
        <WhileOpen round={round}>
          {said?.redo ? (
            <Button data-testid={tid.scopeRedoAct} disabled={scope.busy} onClick={() => void scope.redo()}>
              {words.redo}
            </Button>
          ) : null}
          {view?.undo ? (
            <Button data-testid={tid.scopeUndo} disabled={scope.busy} onClick={() => void scope.undo()}>
              {words.undo(view.undo)}
            </Button>
          ) : null}
        </WhileOpen>
      }
    >
      <FailureNote failure={scope.failure} />
      {view || scope.failure ? null : <Reading />}
      {view && draft && counts ? (
        <div className="stack">
          <ScopeSums
            round={round}
            counts={counts}
            now={view.counts}
            dirty={scope.dirty}
            foreseen={scope.foreseen}
            restored={scope.restored}
            busy={scope.busy}
            said={said?.text ?? ""}
            onSave={() => void scope.save()}
            onDiscard={scope.discard}
          />
          <WhileOpen round={round}>
            <div className="stack">
              <WindowPanel
                draft={draft}
                outside={counts.outside_window}
                over={counts.over_limit}
                onChange={put}
              />
              <Cohorts
                cohorts={draft.cohorts}
                choices={view.choices}
                together={view.together}
                onChange={(cohorts) => put({ cohorts })}
              />
              <Collected
                round={round}
                view={view}
                redo={draft.redo}
                imported={scope.imported}
                onRedo={(redo) => put({ redo })}
                onImport={(path) => void scope.importList(path)}
              />
              <Stragglers
                round={round}
                stragglers={view.stragglers}
                onName={(student, on) => void scope.name(student, on)}
              />
            </div>
          </WhileOpen>
        </div>
      ) : null}
    </ScreenFrame>
  );
}
