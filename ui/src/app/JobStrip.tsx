/** The job under way, on every screen: what it does, how far, how fast, how long still, and how to stop it. */
import { LoadingOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Progress } from "antd";
import type { ReactNode } from "react";
import type { JobState } from "../bindings/wire";
import { CopyButton } from "../components/CopyButton";
import { FailureNote } from "../components/FailureNote";
import { count, decimal, duration, secondsLeft } from "../format";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";
import { passphraseOf, type Untold, untold as untoldOf } from "./passphrase";
import type { Teller } from "./useTeller";

/** Whether it was stopped before its end: what was done until then stays done. */
function wasCancelled({ outcome }: JobState): boolean {
  if (outcome === null) return false;
  const told = "report" in outcome ? outcome.report : outcome;
  return "cancelled" in told && told.cancelled;
}

function outcomeText(job: JobState): string {
  if (job.failure) return zh.job.failed;
  if (job.outcome?.kind === "checks") {
    const n = count(job.outcome.checked);
    return job.outcome.cancelled ? zh.job.checksCancelled(n) : zh.job.checked(n);
  }
  return wasCancelled(job) ? zh.job.cancelled : zh.job.done;
}

const outcomeClass = (job: JobState) =>
  job.failure ? "text-fail" : wasCancelled(job) ? "text-warn" : "text-pass";

/** A passphrase where its result is not seen, with a way to copy it. */
function Passphrase({ one }: { one: Untold }) {
  return (
    <>
      <strong>{zh.job.untold(one.what)}</strong>
      <strong className="mono passphrase" data-testid={tid.jobPassphrase}>
        {one.passphrase}
      </strong>
      <CopyButton text={one.passphrase} label={zh.delivery.copyPassphrase} />
      <span className="quiet">{zh.job.passphraseOnce}</span>
    </>
  );
}

/** A button that puts a passphrase away, and the question before it does. */
function AskWhetherKept({ onKept, children }: { onKept: () => void; children: ReactNode }) {
  return (
    <Popconfirm
      placement="bottomRight"
      title={zh.job.passphraseAsk}
      description={zh.job.passphraseNote}
      okText={zh.job.passphraseKept}
      cancelText={zh.job.passphraseNotYet}
      okButtonProps={{ "data-testid": tid.jobPassphraseKept }}
      onConfirm={onKept}
    >
      {children}
    </Popconfirm>
  );
}

/** Passphrases of results that another job took the place of: they stay until somebody says that they were copied. */
function UntoldPassphrases() {
  const { untold, toldPassphrase } = useApp();
  const [first] = untold;
  if (!first) return null;
  return (
    <div className="job-strip" role="alert" data-testid={tid.jobUntold}>
      <Passphrase one={first} />
      <span className="quiet">{zh.job.untoldNote}</span>
      <span className="grow" />
      <AskWhetherKept key={first.passphrase} onKept={toldPassphrase}>
        <Button size="small" data-testid={tid.jobTold}>
          {zh.job.close}
        </Button>
      </AskWhetherKept>
    </div>
  );
}

/** Puts the ended job away, with what its screen shows of it; asks first where a passphrase would be lost. */
function Close({ job, teller, onClose }: { job: JobState; teller: Teller; onClose: () => void }) {
  const label = teller === "screen" ? zh.job.closeResult : zh.job.close;
  if (passphraseOf(job) === null) {
    return (
      <Button size="small" data-testid={tid.jobClose} onClick={onClose}>
        {label}
      </Button>
    );
  }
  return (
    <AskWhetherKept onKept={onClose}>
      <Button size="small" data-testid={tid.jobClose}>
        {label}
      </Button>
    </AskWhetherKept>
  );
}

function JobFigures({ job }: { job: JobState }) {
  const left = secondsLeft(job.done, job.total, job.seconds);
  return (
    <>
      <span data-testid={tid.jobCounts}>
        {job.total > 0
          ? zh.job.counts(count(job.done), count(job.total))
          : // What is counted are photos; an archive is one file that is read.
            job.kind === "archive"
            ? zh.job.working
            : zh.job.counting}
      </span>
      {job.done > 0 && job.seconds >= 0.5 ? (
        <span>{zh.job.rate(decimal(job.done / job.seconds, 1))}</span>
      ) : null}
      {left !== null ? <span>{zh.job.left(duration(left))}</span> : null}
    </>
  );
}

export function JobStrip() {
  return (
    <>
      <UntoldPassphrases />
      <CurrentJob />
    </>
  );
}

function CurrentJob() {
  const { job, jobName, jobTeller, jobFailure, cancelJob, closeJob, place, status } = useApp();
  if (!job) return <FailureNote failure={jobFailure} onClose={closeJob} />;
  if (jobTeller === null) return null;
  const elsewhere = status.rounds.find((one) => one.round === job.round && one.round !== place.round);
  // Whoever is asked whether it was copied has it before their eyes.
  const passphrase = jobTeller === "screen" ? null : untoldOf(job);
  const percent = job.total > 0 ? Math.floor((job.done / job.total) * 100) : 0;
  return (
    <div className="job-strip" data-testid={tid.job} data-finished={job.finished}>
      <strong>
        {jobName ?? zh.job.kinds[job.kind]}
        {elsewhere ? `（${elsewhere.name}）` : ""}
      </strong>
      {job.finished ? (
        <span data-testid={tid.jobOutcome} className={outcomeClass(job)}>
          {outcomeText(job)}
        </span>
      ) : (
        <>
          <span data-testid={tid.jobStage}>{job.stage}</span>
          {job.total > 0 ? (
            <Progress
              className="job-bar"
              percent={percent}
              size="small"
              status={job.cancelling ? "exception" : "active"}
              aria-label={zh.job.progressLabel}
            />
          ) : (
            // Not 0 %: how much there is to do is not known.
            <LoadingOutlined data-testid={tid.jobWorking} aria-label={zh.job.progressLabel} />
          )}
          <JobFigures job={job} />
        </>
      )}
      {passphrase ? <Passphrase one={passphrase} /> : null}
      <span className="grow" />
      {job.finished ? (
        <Close job={job} teller={jobTeller} onClose={closeJob} />
      ) : job.may_cancel ? (
        <Button size="small" danger data-testid={tid.jobCancel} disabled={job.cancelling} onClick={cancelJob}>
          {job.cancelling ? zh.job.cancelling : zh.job.cancel}
        </Button>
      ) : job.cancelling ? (
        <span className="quiet">{zh.job.cancelling}</span>
      ) : null}
      <FailureNote failure={job.failure ?? jobFailure} />
    </div>
  );
}
