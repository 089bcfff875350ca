/** What a round's scope is, what it would be, and every act on it. */
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useSigner } from "../../app/useSigner";
import type {
  CollectedImported,
  Failure,
  ScopeCohort,
  ScopeCounts,
  ScopeSet,
  ScopeView,
} from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { zh } from "../../zh";
import { draftOf, isSame, keepDraft } from "./drafts";
import { keepCollected, lastCollected } from "./lastCollected";

const words = zh.scope;
export const EMPTY: ScopeCohort = {
  grades: [],
  study_modes: [],
  levels: [],
  campuses: [],
  colleges: [],
  majors: [],
  classes: [],
};

export function useScope(round: number) {
  const { bridge, named, refresh, status } = useApp();
  const person = status.seat.person ?? 0;
  const [view, setView] = useState<ScopeView | null>(null);
  const [draft, setDraft] = useState<ScopeSet | null>(null);
  /** What was changed before the screen was left stands in the draft again. */
  const [restored, setRestored] = useState(false);
  const [tried, setTried] = useState<ScopeCounts | null>(null);
  const [imported, setImported] = useState(lastCollected(round, person));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState<{ text: string; redo: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = view !== null && draft !== null && !isSame(view.scope, draft);

  const fail = useCallback((thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host)), []);
  /** Takes what stands now; what was typed and not saved stays typed. */
  const take = useCallback((next: ScopeView, keep: boolean) => {
    setView(next);
    setDraft((typed) => (keep && typed ? typed : next.scope));
  }, []);
  useEffect(() => {
    bridge
      .call("scope_show", { round })
      .then((next) => {
        const unsaved = draftOf(bridge, round, person, next.scope);
        setView(next);
        setDraft(unsaved ?? next.scope);
        setRestored(unsaved !== null && !isSame(unsaved, next.scope));
      })
      .catch(fail);
  }, [bridge, round, person, fail]);
  useEffect(() => {
    if (view && draft)
      keepDraft(bridge, round, person, isSame(view.scope, draft) ? null : { base: view.scope, draft });
  }, [bridge, round, person, view, draft]);
  useEffect(() => {
    if (view && !dirty) setRestored(false);
  }, [view, dirty]);

  useEffect(() => {
    if (!dirty || draft === null) {
      setTried(null);
      return;
    }
    let stale = false;
    const timer = setTimeout(() => {
      bridge
        .call("scope_preview", draft)
        .then((counts) => {
          if (stale) return;
          setTried(counts);
          setFailure(null);
        })
        .catch((thrown) => {
          if (!stale) fail(thrown);
        });
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [bridge, draft, dirty, fail]);

  const signer = useSigner();
  const takeImport = (done: CollectedImported | null) => {
    keepCollected(round, signer.current, done);
    setImported(done);
  };
  /** Does something, and shows what stands then. */
  const signed = async (doing: () => Promise<{ text: string; redo?: boolean }>, keep: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      const { text, redo } = await doing();
      take(await bridge.call("scope_show", { round }), keep);
      setSaid({ text, redo: redo ?? false });
      await refresh();
    } catch (thrown) {
      fail(thrown);
    }
    setBusy(false);
  };
  const act = (doing: () => Promise<{ text: string; redo?: boolean }>, keep = true) =>
    named(() => void signed(doing, keep));
  const save = () =>
    act(async () => {
      if (draft) await bridge.call("scope_set", draft);
      return { text: words.saved };
    }, false);
  const undo = () =>
    act(async () => {
      const { act: undone } = await bridge.call("scope_undo", { round });
      // It may be what the report tells of that is taken back.
      takeImport(null);
      return { text: undone?.summary ?? "", redo: undone !== null };
    }, dirty);
  const redo = () =>
    act(async () => {
      const { act: redone } = await bridge.call("scope_redo", { round });
      return { text: redone?.summary ?? "" };
    }, dirty);
  const importList = (path: string) =>
    act(async () => {
      takeImport(null);
      takeImport(await bridge.call("collected_import", { round, path }));
      return { text: "" };
    });
  const name = (student: number, on: boolean) =>
    act(async () => {
      await bridge.call("student_mark", { round, students: [student], mark: "straggler", on, note: "" });
      return { text: "" };
    });
  return {
    view,
    draft,
    setDraft,
    dirty,
    restored,
    counts: tried ?? view?.counts ?? null,
    /** Whether `counts` are those of the draft: not before it was asked what it would come to. */
    foreseen: dirty && tried !== null,
    imported,
    failure,
    said,
    busy,
    save,
    undo,
    redo,
    importList,
    name,
    discard: () => view && setDraft(view.scope),
  };
}
