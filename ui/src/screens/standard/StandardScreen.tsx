/** 检测标准: the round's own limits, moved over its own photos; saved as a version, never changed silently. */
import { Alert, Button, type ButtonProps, Input, Popconfirm, Space } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useApp } from "../../app/context";
import { useMay } from "../../app/may";
import type {
  Failure,
  RuleEdit,
  StandardRule,
  StandardShift,
  StandardVersion,
  StandardView,
} from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { count } from "../../format";
import { draftOf, keepDraft, type StandardDraft } from "../../standard/drafts";
import { type Edits, edited, rebased, settingsOf, standing } from "../../standard/edits";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { RuleEditor } from "./RuleEditor";
import { ShiftPanel } from "./ShiftPanel";
import { Versions } from "./Versions";

const words = zh.standard;
const NONE: Edits = new Map();
/** A standard that newly fails so large a share of the photos is rather a slip of the hand: it is asked about. */
const WIDE_SHARE = 0.2;
const isWide = (shift: StandardShift | null) =>
  shift !== null && shift.newly_fail > 1 && shift.newly_fail >= shift.judged * WIDE_SHARE;
const NO_DRAFT: StandardDraft = { version: 0, edits: NONE, note: "" };

/** The rules in their order, by family. */
function byFamily(rules: StandardRule[]): [string, StandardRule[]][] {
  const families = new Map<string, StandardRule[]>();
  for (const rule of rules) families.set(rule.family, [...(families.get(rule.family) ?? []), rule]);
  return [...families];
}

interface ListProps {
  rules: StandardRule[];
  edits: Edits;
  chosen: string | null;
  onChoose: (code: string) => void;
}

function RuleList({ rules, edits, chosen, onChoose }: ListProps) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // Come to from a finding, the rule may lie far down.
    if (chosen) list.current?.querySelector("[aria-current=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [chosen]);
  return (
    <nav className="help-list" aria-label={words.families} ref={list}>
      {byFamily(rules).map(([family, list]) => (
        <section key={family}>
          <h3>{family}</h3>
          {list.map((rule) => {
            const settings = settingsOf(rule, edits);
            return (
              <button
                type="button"
                key={rule.code}
                className={rule.code === chosen ? "help-entry help-here" : "help-entry"}
                data-testid={tid.standardEntry(rule.code)}
                aria-current={rule.code === chosen ? "true" : undefined}
                onClick={() => onChoose(rule.code)}
              >
                <span className="mono">{rule.code}</span> {rule.title}
                {settings.enabled ? null : <em className="quiet"> {words.off}</em>}
                {edits.has(rule.code) ? <b className="text-warn"> ● {words.changedMark}</b> : null}
              </button>
            );
          })}
        </section>
      ))}
    </nav>
  );
}

/** The unsaved edits, which outlive the screen: who follows a link to the help finds them again. */
function useDraft(round: number) {
  const { bridge, status } = useApp();
  const person = status.seat.person ?? 0;
  const [draft, setDraft] = useState<StandardDraft>(() => draftOf(bridge, round, person) ?? NO_DRAFT);
  const [restored, setRestored] = useState(draft.edits.size > 0);
  useEffect(() => keepDraft(bridge, round, person, draft), [bridge, round, person, draft]);
  /** Changes the edits; the first one is begun on the version shown. */
  const edit = useCallback(
    (shown: number, change: (edits: Edits) => Edits) =>
      setDraft((before) => ({
        ...before,
        version: before.edits.size > 0 ? before.version : shown,
        edits: change(before.edits),
      })),
    [],
  );
  const replace = useCallback(
    (version: number, edits: Edits) => setDraft((before) => ({ ...before, version, edits })),
    [],
  );
  /** The own save came through: what was changed while it ran stands on the version saved. */
  const saved = useCallback(
    (view: StandardView, before: StandardRule[], sent: Edits, note: string) =>
      setDraft((draft) => {
        const was = new Map([...standing(before), ...sent]);
        // A rule put back to what stood before the save is an edit of what stands now.
        const own = new Map([...standing(before), ...draft.edits]);
        const { edits } = rebased(was, own, view.rules);
        return { version: view.version, edits, note: draft.note === note ? "" : draft.note };
      }),
    [],
  );
  const setNote = useCallback((note: string) => setDraft((before) => ({ ...before, note })), []);
  const discard = useCallback(() => {
    setDraft(NO_DRAFT);
    setRestored(false);
  }, []);
  return { draft, restored: restored && draft.edits.size > 0, edit, replace, saved, setNote, discard };
}

/** The standard that stands, with its versions. */
function useStandard(round: number) {
  const { bridge } = useApp();
  const [view, setView] = useState<StandardView | null>(null);
  const [versions, setVersions] = useState<StandardVersion[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(async () => {
    try {
      const [shown, all] = await Promise.all([
        bridge.call("standard_show", { round, version: null }),
        bridge.call("standard_versions", { round }),
      ]);
      setView(shown);
      setVersions(all);
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  }, [bridge, round]);
  useEffect(() => {
    void read();
  }, [read]);
  return { view, setView, versions, failure, setFailure, read };
}

export function StandardScreen({ round }: { round: number }) {
  const { bridge, named, refresh, place } = useApp();
  const may = useMay();
  const { view, setView, versions, failure, setFailure, read } = useStandard(round);
  const { draft, restored, edit, replace, saved, setNote, discard } = useDraft(round);
  const { edits, note } = draft;
  const [chosen, setChosen] = useState<string | null>(place.code ?? null);
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const [shift, setShift] = useState<StandardShift | null>(null);
  const [refused, setRefused] = useState(false);
  const [heard, setHeard] = useState<readonly RuleEdit[] | null>(null);
  const hear = useCallback(
    (shift: StandardShift | null, refused: boolean, about: readonly RuleEdit[] | null) => {
      setShift(shift);
      setRefused(refused);
      setHeard(about);
    },
    [],
  );
  const wide = isWide(shift);
  const rules = view?.rules ?? [];
  const rule =
    rules.find((one) => one.code === chosen) ?? rules.find((one) => one.code === "GEO-02") ?? rules[0];
  const proposed = useMemo(() => [...edits.values()], [edits]);
  const moved = failure?.code === "conflict";

  const change = (stands: StandardRule, next: RuleEdit) => {
    setSaid("");
    edit(view?.version ?? 0, (before) => edited(before, stands.settings, next));
  };
  const write = async () => {
    setBusy(true);
    try {
      const next = await bridge.call("standard_save", {
        round,
        seen_version: draft.version,
        rules: [...proposed],
        note,
      });
      saved(next, rules, edits, note);
      setView(next);
      await read();
      setSaid(words.saved(next.version));
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  const save = () => view !== null && named(() => void write());
  const restore = async (version: number) => {
    try {
      const older = await bridge.call("standard_show", { round, version });
      const stands = new Map(rules.map((one) => [one.code, one.settings]));
      let next: Edits = NONE;
      for (const { settings } of older.rules) {
        const own = stands.get(settings.code);
        if (own) next = edited(next, own, settings);
      }
      replace(view?.version ?? 0, next);
      setSaid(words.restored(version));
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const reload = async () => {
    discard();
    await read();
  };
  /** Puts the own edits onto the version that somebody else saved meanwhile. */
  const keepOwn = async () => {
    try {
      const [base, now] = await Promise.all([
        bridge.call("standard_show", { round, version: draft.version }),
        bridge.call("standard_show", { round, version: null }),
      ]);
      const next = rebased(standing(base.rules), edits, now.rules);
      replace(now.version, next.edits);
      setView(now);
      setSaid(words.kept(now.version, next.edits.size, next.both));
      await read();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };

  return (
    <ScreenFrame
      name="standard"
      fill
      title={words.title}
      note={view ? words.note(view.title, view.version) : null}
    >
      <FailureNote failure={failure} {...(moved ? { title: words.moved } : {})} />
      {view || failure ? null : <Reading />}
      {moved ? (
        <Space className="fit">
          <Button onClick={() => void keepOwn()} data-testid={tid.standardKeep}>
            {words.keep}
          </Button>
          <Button onClick={() => void reload()} data-testid={tid.standardReload}>
            {words.reload}
          </Button>
        </Space>
      ) : null}
      <div className="help standard">
        <RuleList rules={rules} edits={edits} chosen={rule?.code ?? null} onChoose={setChosen} />
        <div className="standard-body stack">
          {restored ? (
            <Alert
              type="warning"
              showIcon
              data-testid={tid.standardUnsaved}
              title={words.unsaved(edits.size)}
              action={
                <Button size="small" data-testid={tid.standardDiscard} onClick={discard}>
                  {words.discard}
                </Button>
              }
            />
          ) : null}
          <p className="said-line text-pass" role="status">
            {said ? <span data-testid={tid.standardSaid}>{said}</span> : null}
          </p>
          {rule && view ? (
            <RuleEditor
              key={rule.code}
              round={round}
              rule={rule}
              settings={settingsOf(rule, edits)}
              stamp={view.version}
              onChange={(next) => change(rule, next)}
            />
          ) : null}
          {view ? (
            <ShiftPanel
              round={round}
              rules={rules}
              edits={edits}
              proposed={proposed}
              stamp={view.version}
              onShift={hear}
            />
          ) : null}
          <Versions versions={versions} onRestore={(version) => void restore(version)} />
        </div>
      </div>
      <footer className="grid-foot">
        <span data-testid={tid.standardPending}>
          {edits.size > 0 ? words.pending(edits.size) : words.noPending}
        </span>
        <Input
          className="standard-note"
          value={note}
          maxLength={200}
          placeholder={words.notePlaceholder}
          aria-label={words.notePlaceholder}
          disabled={edits.size === 0}
          onChange={(event) => setNote(event.target.value)}
        />
        <span className="grow" />
        <Button disabled={edits.size === 0 || busy} onClick={discard}>
          {words.revertAll}
        </Button>
        <Popconfirm
          title={words.wide(count(shift?.newly_fail ?? 0), count(shift?.judged ?? 0))}
          description={words.wideNote}
          disabled={!wide || may("standard_save") !== null}
          okText={words.save}
          cancelText={zh.reviewer.cancel}
          okButtonProps={{ "data-testid": tid.standardSaveSure } as ButtonProps}
          onConfirm={() => void save()}
        >
          <Button
            type="primary"
            // What a change would do is known before it can be saved: a wide one is asked about.
            disabled={edits.size === 0 || refused || heard !== proposed || may("standard_save") !== null}
            loading={busy}
            data-testid={tid.standardSave}
            onClick={wide ? undefined : () => void save()}
          >
            {words.save}
          </Button>
        </Popconfirm>
      </footer>
    </ScreenFrame>
  );
}
