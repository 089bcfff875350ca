/** 结束与归档: a round is closed, archived, kept until a day, and its data deleted; one panel for each, in that order. */
import { Button, type ButtonProps, DatePicker, Input, Popconfirm } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import type { EndingView, ErasedLine } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { OpenButton } from "../../components/OpenButton";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { ArchivePanel } from "./ArchivePanel";
import { CloseDialog } from "./CloseDialog";
import { EraseDialog } from "./EraseDialog";
import { keptText, openText } from "./kept";
import { OutsideList } from "./OutsideList";
import { type Ending, useEnding } from "./useEnding";

const words = zh.ending;

export function Panel({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="panel stack">
      <h3>{title}</h3>
      <p className="quiet">{text}</p>
      {children}
    </section>
  );
}

function ClosePanel({ view, ending }: { view: EndingView; ending: Ending }) {
  const open = view.closed === "";
  const [asking, setAsking] = useState(false);
  return (
    <Panel title={words.close} text={words.closeText}>
      {open ? <p className="text-warn">{openText(view)}</p> : null}
      {open && view.reviewing > 0 ? (
        <p className="text-warn" data-testid={tid.endingReviewing}>
          {words.reviewing(count(view.reviewing))}
        </p>
      ) : null}
      <div className="wrap-row">
        {open ? (
          <Button
            type="primary"
            disabled={ending.busy || view.reviewing > 0}
            data-testid={tid.endingClose}
            onClick={() => setAsking(true)}
          >
            {words.closeButton}
          </Button>
        ) : (
          <>
            <span>✔ {words.closed(view.closed)}</span>
            <Guarded command="round_reopen">
              <Popconfirm
                title={view.archive === null ? words.reopenAskBare : words.reopenAsk}
                okText={words.reopen}
                cancelText={words.cancel}
                okButtonProps={{ "data-testid": tid.endingReopenSure }}
                onConfirm={ending.reopen}
              >
                <Button disabled={ending.busy} data-testid={tid.endingReopen}>
                  {words.reopen}
                </Button>
              </Popconfirm>
            </Guarded>
          </>
        )}
      </div>
      {view.left_open > 0 ? (
        <p className="quiet">{words.closedOver(count(view.left_open), view.left_open_why)}</p>
      ) : null}
      {asking ? (
        <CloseDialog
          view={view}
          onCancel={() => setAsking(false)}
          onClose={(reason) => {
            setAsking(false);
            ending.close(reason);
          }}
        />
      ) : null}
    </Panel>
  );
}

function NamePanel({ view, ending }: { view: EndingView; ending: Ending }) {
  const [name, setName] = useState(view.name);
  return (
    <Panel title={words.rename} text={words.renameNote}>
      <div className="wrap-row">
        <Input
          id={tid.endingName}
          data-testid={tid.endingName}
          className="ending-name"
          aria-label={words.rename}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          data-testid={tid.endingRename}
          disabled={name.trim() === "" || name.trim() === view.name}
          onClick={() => ending.rename(name)}
        >
          {words.renameSave}
        </Button>
        {ending.renamed ? (
          <Button data-testid={tid.endingUnrename} onClick={ending.unrename}>
            {words.renameUndo}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

/** A day that is over already. */
const isPast = (day: string) => day !== "" && dayjs(day).isBefore(dayjs(), "day");

function KeepPanel({ view, ending }: { view: EndingView; ending: Ending }) {
  const [day, setDay] = useState(view.keep_until);
  const [asking, setAsking] = useState(false);
  const past = view.days_left !== null && view.days_left < 0;
  return (
    <Panel title={words.keep} text={words.keepText}>
      <Guarded command="retention_set">
        <div className="wrap-row">
          <DatePicker
            aria-label={words.keep}
            data-testid={tid.endingDay}
            value={day === "" ? null : dayjs(day)}
            onChange={(value) => setDay(value?.format("YYYY-MM-DD") ?? "")}
          />
          <Popconfirm
            title={words.keepPastAsk(day)}
            okText={words.keepPastYes}
            cancelText={words.cancel}
            okButtonProps={{ "data-testid": tid.endingKeepPast } as ButtonProps}
            open={asking}
            onConfirm={() => {
              setAsking(false);
              ending.keep(day);
            }}
            onCancel={() => setAsking(false)}
          >
            <Button
              data-testid={tid.endingKeep}
              disabled={day === view.keep_until}
              onClick={() => (isPast(day) ? setAsking(true) : ending.keep(day))}
            >
              {words.keepSave}
            </Button>
          </Popconfirm>
          <span className={past ? "text-warn" : "quiet"} data-testid={tid.endingKept}>
            {keptText(view)}
          </span>
        </div>
      </Guarded>
    </Panel>
  );
}

function ErasePanel({ view, ending }: { view: EndingView; ending: Ending }) {
  const [asking, setAsking] = useState(false);
  return (
    <Panel title={words.erase} text={words.eraseText}>
      {view.closed === "" ? (
        <p className="quiet">{words.eraseFirst}</p>
      ) : (
        <Guarded command="round_erase">
          <div className="wrap-row">
            <Button
              danger
              disabled={ending.busy}
              data-testid={tid.endingErase}
              onClick={() => setAsking(true)}
            >
              {words.eraseButton}
            </Button>
          </div>
        </Guarded>
      )}
      {asking ? (
        <EraseDialog
          view={view}
          onClose={() => setAsking(false)}
          onErase={(name, waived) => {
            setAsking(false);
            ending.erase(name, waived);
          }}
        />
      ) : null}
    </Panel>
  );
}

function ErasedLines({ name, title, lines }: { name: string; title: string; lines: ErasedLine[] }) {
  return (
    <DataTable
      name={name}
      title={title}
      rowKey="title"
      pagination={false}
      rows={lines}
      columns={[
        { title: words.what, dataIndex: "title" },
        { title: words.number, dataIndex: "number", width: 140, align: "right" },
      ]}
    />
  );
}

function Erased({ view, ending }: { view: EndingView; ending: Ending }) {
  // What is saved once is not saved again by a press that was meant to see whether it was.
  const [again, setAgain] = useState(false);
  const { saved } = ending;
  const { bridge } = useApp();
  const result = useRef<HTMLElement>(null);
  // The button that was pressed stood at the end of a longer page.
  useEffect(() => result.current?.scrollIntoView?.({ block: "start" }), []);
  if (!view.erased) return null;
  return (
    <section className="panel stack" ref={result} data-testid={tid.endingErased}>
      <h3>{words.erased(view.erased.made)}</h3>
      {view.erased.waived === "" ? null : (
        <p data-testid={tid.endingWaivedWhy}>
          {words.waivedWhy(
            [
              ...(view.erased.archived ? [] : [words.waivedArchive]),
              ...(view.erased.early ? [words.waivedEarlyThen] : []),
            ],
            view.erased.waived,
          )}
        </p>
      )}
      <ErasedLines name="erased" title={words.erase} lines={view.erased.lines} />
      {view.erased.kept.length === 0 ? null : (
        <div className="stack" data-testid={tid.endingKeptParts}>
          <h3>{words.kept}</h3>
          <ErasedLines name="erased-kept" title={words.kept} lines={view.erased.kept} />
        </div>
      )}
      {view.erased.outside.length === 0 ? null : (
        <div className="stack" data-testid={tid.endingOutside}>
          <h3>{words.outsideLeft}</h3>
          <OutsideList lines={view.erased.outside} />
        </div>
      )}
      <p>{words.certificateText}</p>
      <Guarded command="certificate_save">
        {saved.length === 0 || again ? (
          <TargetChooser
            label={words.certificate}
            testid={tid.endingCertificate}
            onChosen={(folder) => {
              if (!folder) return;
              setAgain(false);
              ending.certificate(folder);
            }}
          />
        ) : (
          <div className="wrap-row">
            <div role="status" data-testid={tid.endingSaid}>
              {words.saved}
              <ul className="lines">
                {saved.map((path) => (
                  <li key={path} className="mono break">
                    {path}
                  </li>
                ))}
              </ul>
            </div>
            <OpenButton
              testid={tid.endingCertificateOpen}
              onOpen={() => bridge.openCertificate(view.round)}
            />
            <Button data-testid={tid.endingCertificateAgain} onClick={() => setAgain(true)}>
              {words.certificateAgain}
            </Button>
          </div>
        )}
      </Guarded>
      <FailureNote failure={ending.failure} />
    </section>
  );
}

export function EndingPart({ round }: { round: number }) {
  const ending = useEnding(round);
  const { view, failure } = ending;
  return (
    <div className="stack" data-testid={tid.ending}>
      {view?.erased ? null : <FailureNote failure={failure} />}
      {view?.erased ? <Erased view={view} ending={ending} /> : null}
      {view && !view.erased ? (
        <>
          {view.closed === "" ? <NamePanel key={view.name} view={view} ending={ending} /> : null}
          <ClosePanel view={view} ending={ending} />
          <ArchivePanel view={view} ending={ending} />
          <KeepPanel key={view.keep_until} view={view} ending={ending} />
          <ErasePanel view={view} ending={ending} />
        </>
      ) : null}
    </div>
  );
}
