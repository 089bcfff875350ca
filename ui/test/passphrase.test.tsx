/** A passphrase that is shown once, on the screens that do not show the result it stands in. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { untold } from "../src/app/passphrase";
import type { JobOutcome, JobState } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";

const PASSPHRASE = "7s8gd-7r2hj-4rh8u-b7urm";

const ended = (kind: JobState["kind"], outcome: JobOutcome): JobState =>
  jobOf({ job: 9, kind, stage: "", done: 12, total: 12, seconds: 1, finished: true, outcome });

const repeated: JobOutcome = {
  kind: "repeated",
  report: {
    number: 2,
    folder: "E:\\备份\\交付第2次-再次写出",
    files: 12,
    bit_for_bit: false,
    manifest_sha256: "ab".repeat(32),
    passphrase: PASSPHRASE,
  },
};

const archived: JobOutcome = {
  kind: "archive",
  report: {
    path: "E:\\归档.zip",
    sha256: "ab".repeat(32),
    bytes: 1,
    entries: 1,
    passphrase: PASSPHRASE,
    lacks: "",
  },
};

it("stands in the strip wherever its result is not shown, and may be copied before it is put away", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.job_list = () => [{ ...ended("delivery", repeated), finished: false, outcome: null }];
  bridge.handlers.job_show = () => ended("delivery", repeated);
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  // The result itself shows it here, and the strip does not say it twice.
  expect((await screen.findByTestId(tid.deliveryPassphrase)).textContent).toBe(PASSPHRASE);
  expect(screen.queryByTestId(tid.jobPassphrase)).toBeNull();
  expect(screen.getByTestId(tid.jobClose).textContent).toBe(zh.job.closeResult);
  fireEvent.click(screen.getByTestId(tid.nav("rounds")));
  const strip = within(await screen.findByTestId(tid.job));
  await waitFor(() => expect(strip.getByTestId(tid.jobPassphrase).textContent).toBe(PASSPHRASE));
  strip.getByText(zh.delivery.copyPassphrase);
  fireEvent.click(strip.getByTestId(tid.jobClose));
  await screen.findByText(zh.job.passphraseAsk);
  expect(strip.getByTestId(tid.jobPassphrase).textContent).toBe(PASSPHRASE);
  fireEvent.click(screen.getByTestId(tid.jobPassphraseKept));
  await waitFor(() => expect(screen.queryByTestId(tid.job)).toBeNull());
});

it("says which delivery it opens, and of one written again that it is that", () => {
  expect(untold(ended("delivery", repeated))?.what).toBe("第 2 次交付（再次写出）");
  expect(untold(ended("archive", archived))?.what).toBe(zh.job.kinds.archive);
});

it("shows the passphrase of an archive once where it is written, and that it is shown once", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.job_list = () => [{ ...ended("archive", archived), finished: false, outcome: null }];
  bridge.handlers.job_show = () => ended("archive", archived);
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1, queue: "ending" }} />);
  await screen.findByTestId(tid.ending);
  await screen.findByTestId(tid.jobPassphrase);
  expect(screen.getAllByText(PASSPHRASE)).toHaveLength(1);
  expect(screen.getByTestId(tid.job).textContent).toContain(zh.job.passphraseOnce);
});

it("asks before it puts away a passphrase whose job another took the place of", async () => {
  const bridge = fakeBridge(3);
  let now = { ...ended("archive", archived) };
  bridge.handlers.job_list = () => [{ ...now, finished: false, outcome: null }];
  bridge.handlers.job_show = () => now;
  bridge.handlers.backup_now = () => {
    now = { ...jobOf({ job: 10, kind: "backup", finished: true }) };
    return { job: 10 };
  };
  render(<App bridge={bridge} start={{ screen: "rounds", round: null }} />);
  await screen.findByTestId(tid.jobPassphrase);
  fireEvent.click(await screen.findByTestId(tid.backupNow));
  const strip = await screen.findByTestId(tid.jobUntold);
  expect(strip.textContent).toContain(zh.job.passphraseOnce);
  fireEvent.click(screen.getByTestId(tid.jobTold));
  await screen.findByText(zh.job.passphraseAsk);
  expect(screen.getByTestId(tid.jobUntold).textContent).toContain(PASSPHRASE);
  fireEvent.click(screen.getByTestId(tid.jobPassphraseKept));
  await waitFor(() => expect(screen.queryByTestId(tid.jobUntold)).toBeNull());
});
