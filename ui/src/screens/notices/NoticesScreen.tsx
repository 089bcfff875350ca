/** 通知: what the rejected are to be told, and who has handed in nothing. Sends nothing itself. */
import { Segmented } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, NoticeView } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { copyText } from "../../components/clipboard";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { ChaseList } from "./ChaseList";
import { RejectedList } from "./RejectedList";
import type { NoticePart, Saying } from "./Said";
import { TemplateBox } from "./TemplateBox";

const words = zh.notices;
type Kind = "rejected" | "missing";

/** The notices of a round under the template being written; an answer that was overtaken is dropped. */
function useNotices(round: number) {
  const { bridge } = useApp();
  const [view, setView] = useState<NoticeView | null>(null);
  /** What is being written; `null` before the first key, and the kept template stands. */
  const [draft, setDraft] = useState<string | null>(null);
  const template = draft ?? "";
  const [deadline, setDeadline] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState<Saying | null>(null);

  useEffect(() => {
    let stale = false;
    bridge
      .call("notice_list", { round, template, deadline })
      .then((answer) => {
        if (stale) return;
        setView(answer);
        setFailure(null);
      })
      .catch((thrown) => {
        if (!stale) setFailure(asFailure(thrown, zh.failure.host));
      });
    return () => {
      stale = true;
    };
  }, [bridge, round, template, deadline]);

  const act = useCallback(async (part: NoticePart, doing: Promise<NoticeView | null>, text: string) => {
    try {
      const answer = await doing;
      if (answer) setView(answer);
      setSaid({ part, text, failure: null });
    } catch (thrown) {
      setSaid({ part, text: "", failure: asFailure(thrown, zh.failure.host) });
    }
  }, []);
  const copy = useCallback((part: NoticePart, text: string, what: string) => {
    copyText({ plain: text })
      .then(() => setSaid({ part, text: words.copied(what), failure: null }))
      .catch(() => setSaid({ part, text: words.copyFailed, failure: null }));
  }, []);
  const keep = (kept: string) =>
    act(
      "template",
      bridge.call("notice_template", { template: kept }).then((answer) => {
        setDraft(answer.template);
        return null;
      }),
      words.kept,
    );
  const mark = (submissions: number[], told: boolean) => {
    const marking = bridge
      .call("notice_mark", { round, submissions, told, deadline: view?.deadline ?? "" })
      .then(() => bridge.call("notice_list", { round, template, deadline }));
    return act("rows", marking, told ? words.marked(count(submissions.length)) : words.unmarked);
  };
  const sign = (signature: string) =>
    act(
      "sms",
      bridge
        .call("sms_signature", { round, signature })
        .then(() => bridge.call("notice_list", { round, template, deadline })),
      words.sms.signed,
    );
  return { view, draft, deadline, failure, said, setDraft, setDeadline, copy, keep, mark, sign };
}

export function NoticesScreen({ round }: { round: number }) {
  const { go } = useApp();
  const { view, draft, deadline, failure, said, setDraft, setDeadline, copy, keep, mark, sign } =
    useNotices(round);
  const [kind, setKind] = useState<Kind>("rejected");
  const tabs: [Kind, string, number | undefined][] = [
    ["rejected", words.rejected, view?.rows.length],
    ["missing", words.missing, view?.missing_total],
  ];
  return (
    <ScreenFrame
      name="notices"
      title={words.title}
      note={words.how}
      actions={
        <Segmented
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          options={tabs.map(([value, label, number]) => ({
            value,
            label: (
              <span data-testid={tid.noticeKind(value)}>
                {label} {number === undefined ? "" : count(number)}
              </span>
            ),
          }))}
        />
      }
    >
      <div className="stack">
        <FailureNote failure={failure} />
        {view || failure ? null : <Reading />}
        {view && kind === "rejected" ? (
          <>
            <TemplateBox
              view={view}
              text={draft ?? view.template}
              deadline={deadline}
              onText={setDraft}
              onDeadline={setDeadline}
              onKeep={(kept) => void keep(kept)}
              said={said}
            />
            <RejectedList
              round={round}
              view={view}
              template={draft ?? view.template}
              deadline={deadline}
              onCopy={copy}
              onMark={(ids, told) => void mark(ids, told)}
              onSignature={(signature) => void sign(signature)}
              said={said}
            />
          </>
        ) : null}
        {view && kind === "missing" ? (
          <ChaseList
            view={view}
            said={said}
            onPiles={() => go({ screen: "photos", round })}
            onCopy={(text, what) => copy("missing", text, what)}
          />
        ) : null}
      </div>
    </ScreenFrame>
  );
}
