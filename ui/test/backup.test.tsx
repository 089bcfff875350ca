/** 备份: when the last was made, one made now, one carried away, one restored, and what must be heard of. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { DoorContext } from "../src/app/door/context";
import type { Empty, Failure, JobOutcome } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";

const NAME = "2026-11-28_090000";
const answer = (bridge: ReturnType<typeof fakeBridge>, outcome?: JobOutcome, failed?: Failure) => {
  const started = () => ({ job: 1 });
  const state = () =>
    jobOf({
      job: 1,
      kind: "backup",
      round: null,
      stage: "",
      done: 1,
      total: 1,
      seconds: 1,
      finished: true,
      failure: failed ?? null,
      outcome: outcome ?? null,
    });
  Object.assign(bridge.handlers, {
    backup_now: started,
    backup_copy: started,
    backup_restore: started,
    backup_verify: started,
    job_show: state,
  });
};
const open = (bridge = fakeBridge(3), outcome?: JobOutcome, failed?: Failure) => {
  answer(bridge, outcome, failed);
  render(<App bridge={bridge} start={{ screen: "rounds", round: null }} />);
  return bridge;
};
const args = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);

it("says when the last was made and what was done since, and makes one", async () => {
  const bridge = open();
  const part = await screen.findByTestId(tid.backup);
  await waitFor(() => expect(part.textContent).toContain("最近一次：2026-11-28 09:00:00"));
  expect(part.textContent).toContain("此后又有 12 条操作");
  fireEvent.click(screen.getByTestId(tid.backupNow));
  await waitFor(() => expect(args(bridge, "backup_now")).toEqual([{}]));
  await waitFor(() => expect(args(bridge, "backup_list").length).toBeGreaterThan(1));
});

it("says in a browser, which has no door, where a workspace that does not open is restored", async () => {
  for (const picks of [true, false]) {
    open({ ...fakeBridge(3), picks });
    fireEvent.click(await screen.findByTestId(tid.backupMore));
    await screen.findByTestId(tid.backupRestore("2026-11-28_090000")).catch(() => undefined);
    expect(screen.queryByTestId(tid.backupElsewhere)?.textContent).toBe(
      picks ? undefined : zh.backup.elsewhere,
    );
    cleanup();
  }
});

it("tells of a file that was broken off until somebody saw to it", async () => {
  const bridge = fakeBridge(3);
  const text = "备份文件写到 E:/照审台备份.zip 时中断，它的口令没有显示过";
  const folder = "E:/照审台备份.zip";
  bridge.unfinishedCopies = [{ id: 7, text, folder, started: "2026-12-01 09:00:00", reviewer: "王" }];
  open(bridge);
  const card = await screen.findByTestId(tid.deliveryUnfinished(7));
  expect(card.textContent).toContain(text);
  fireEvent.click(screen.getByTestId(tid.deliveryDismiss(7)));
  await waitFor(() => expect(screen.queryByTestId(tid.deliveryUnfinished(7))).toBeNull());
  expect(args(bridge, "backup_dismiss")).toEqual([{ id: 7 }]);
});

it("writes one into a file and shows its passphrase", async () => {
  const report = { path: "E:/照审台备份.zip", passphrase: "k7mqp-3wxyz", photos: 12, mebibytes: 3.25 };
  const bridge = open(fakeBridge(3), { kind: "copied_out", report });
  bridge.pick = async () => ["E:/"];
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  fireEvent.click(await screen.findByTestId(tid.backupCopy));
  const passphrase = await screen.findByTestId(tid.backupPassphrase);
  expect(passphrase.textContent).toBe("k7mqp-3wxyz");
  expect(args(bridge, "backup_copy")).toEqual([{ folder: "E:/" }]);
  // It is nowhere else: putting the result away asks first.
  fireEvent.click(within(screen.getByTestId(tid.job)).getByRole("button"));
  await screen.findByText(zh.job.passphraseAsk);
  expect(screen.getByTestId(tid.backupPassphrase)).toBeTruthy();
  fireEvent.click(screen.getByTestId(tid.jobPassphraseKept));
  await waitFor(() => expect(screen.queryByTestId(tid.backupPassphrase)).toBeNull());
});

it("restores one of the list, and one of a file only with a passphrase", async () => {
  const report = {
    folder: "D:/恢复",
    rounds: 1,
    students: 52,
    photos: 11,
    missing: 1,
    sealed: false,
    log_rows: 9,
  };
  const bridge = open(fakeBridge(3), { kind: "restored", report });
  bridge.pick = async (kind) => (kind === "backup" ? ["E:/照审台备份.zip"] : ["D:/"]);
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  const seen: Element[] = [];
  Element.prototype.scrollIntoView = function (this: Element) {
    seen.push(this);
  };
  fireEvent.click(await screen.findByTestId(tid.backupRestore(NAME)));
  // It opens below the list: it comes into sight, and the keys are in it.
  const box = await screen.findByTestId(tid.backupRestoreBox);
  expect(seen).toContain(box);
  expect(box.contains(document.activeElement)).toBe(true);
  fireEvent.click(screen.getByTestId(tid.backupRestoreTo));
  const said = await screen.findByTestId(tid.backupRestored);
  expect(said.textContent).toContain("有 1 张照片在备份里缺失或损坏");
  fireEvent.click(screen.getByTestId(tid.backupFile));
  const to = await screen.findByTestId<HTMLButtonElement>(tid.backupRestoreTo);
  expect(to.disabled).toBe(true);
  fireEvent.change(screen.getByTestId(tid.backupPassphraseInput), { target: { value: " k7mqp " } });
  await waitFor(() => expect(to.disabled).toBe(false));
  fireEvent.click(to);
  await waitFor(() =>
    expect(args(bridge, "backup_restore")).toEqual([
      { name: NAME, file: "", passphrase: "", folder: "D:/" },
      { name: "", file: "E:/照审台备份.zip", passphrase: "k7mqp", folder: "D:/" },
    ]),
  );
});

it("does not seal while a passphrase that is shown once was not put away", async () => {
  const report = { path: "E:/照审台备份.zip", passphrase: "k7mqp-3wxyz", photos: 12, mebibytes: 3.25 };
  const bridge = fakeBridge(3);
  bridge.pick = async () => ["E:/"];
  answer(bridge, { kind: "copied_out", report });
  render(
    <DoorContext.Provider value={() => undefined}>
      <App bridge={bridge} start={{ screen: "rounds", round: null }} />
    </DoorContext.Provider>,
  );
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  expect(screen.getByTestId<HTMLButtonElement>(tid.sealBegin).disabled).toBe(false);
  fireEvent.click(await screen.findByTestId(tid.backupCopy));
  expect((await screen.findByTestId(tid.sealUncopied)).textContent).toBe(zh.seal.uncopied.own);
  expect(screen.getByTestId<HTMLButtonElement>(tid.sealBegin).disabled).toBe(true);
  // Another job takes its place in the panel; the passphrase stands in the strip, and still nothing is sealed.
  fireEvent.click(screen.getByTestId(tid.backupNow));
  await screen.findByTestId(tid.jobUntold);
  answer(bridge, undefined);
  expect(screen.getByTestId<HTMLButtonElement>(tid.sealBegin).disabled).toBe(true);
});

it("says that what was restored is not encrypted where the workspace is", async () => {
  const report = { folder: "D:/恢复", rounds: 1, students: 52, photos: 11, missing: 0, log_rows: 9 };
  for (const sealed of [true, false]) {
    const bridge = fakeBridge(3);
    const plain = bridge.handlers.app_status;
    if (!plain) throw new Error("no status");
    bridge.handlers.app_status = async (none: Empty) => ({ ...(await plain(none)), sealed: true });
    bridge.pick = async () => ["D:/"];
    open(bridge, { kind: "restored", report: { ...report, sealed } });
    fireEvent.click(await screen.findByTestId(tid.backupMore));
    fireEvent.click(await screen.findByTestId(tid.backupRestore(NAME)));
    fireEvent.click(await screen.findByTestId(tid.backupRestoreTo));
    const said = await screen.findByTestId(tid.backupRestored);
    expect(said.textContent?.includes(zh.backup.restoredPlain)).toBe(!sealed);
    cleanup();
  }
});

it("keeps what was given to restore from a file when the passphrase was wrong", async () => {
  const bridge = fakeBridge(3);
  bridge.pick = async (kind) => (kind === "backup" ? ["E:/照审台备份.zip"] : ["D:/"]);
  open(bridge, undefined, failure("口令不对", "refused"));
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  fireEvent.click(screen.getByTestId(tid.backupFile));
  const box = await screen.findByTestId<HTMLInputElement>(tid.backupPassphraseInput);
  expect(box.type).toBe("password");
  expect(box.placeholder).toBe("这份备份的口令");
  fireEvent.change(box, { target: { value: "k7mqq" } });
  fireEvent.click(screen.getByTestId(tid.backupRestoreTo));
  await screen.findByText("口令不对");
  // What has failed is called what it was, and not the backup.
  const strip = screen.getByTestId(tid.job);
  within(strip).getByText(zh.backup.restoring);
  expect(within(strip).queryByText(zh.job.kinds.backup)).toBeNull();
  fireEvent.change(screen.getByTestId(tid.backupPassphraseInput), { target: { value: "k7mqp" } });
  const report = {
    folder: "D:/恢复",
    rounds: 1,
    students: 5,
    photos: 5,
    missing: 0,
    log_rows: 9,
    sealed: false,
  };
  answer(bridge, { kind: "restored", report });
  fireEvent.click(screen.getByTestId(tid.backupRestoreAgain));
  await waitFor(() => expect(screen.queryByTestId(tid.backupRestoreBox)).toBeNull());
  const given = { name: "", file: "E:/照审台备份.zip", folder: "D:/" };
  expect(args(bridge, "backup_restore")).toEqual([
    { ...given, passphrase: "k7mqq" },
    { ...given, passphrase: "k7mqp" },
  ]);
});

it("tells on every screen what is wrong with the workspace", async () => {
  const bridge = fakeBridge(3);
  const whole = bridge.handlers.app_status;
  if (whole)
    bridge.handlers.app_status = async (none) => ({ ...(await whole(none)), alarm: "日志校验不通过" });
  render(<App bridge={bridge} start={{ screen: "log", round: 1 }} />);
  expect((await screen.findByTestId(tid.alarm)).textContent).toContain("日志校验不通过");
});

it("asks for the recovery code that nobody confirmed, and no more once it was typed", async () => {
  const bridge = fakeBridge(3);
  const plain = bridge.handlers.app_status;
  if (!plain) throw new Error("no status");
  const typed: string[] = [];
  Object.assign(bridge.handlers, {
    app_status: async (none: Empty) => ({
      ...(await plain(none)),
      sealed: true,
      code_unconfirmed: !typed.includes("TBK5-WZRR-S95C"),
    }),
    seal_code_confirm: ({ code }: { code: string }) => {
      if (!code.startsWith("TBK5")) throw failure("恢复码输入有误", "refused");
      typed.push(code);
      return { note: "" };
    },
  });
  render(<App bridge={bridge} start={{ screen: "log", round: 1 }} />);
  const line = await screen.findByTestId(tid.codeUnconfirmed);
  expect(line.textContent).toContain(zh.seal.unconfirmedLine);
  // It is typed on 批次 alone; elsewhere the way there is one line.
  expect(screen.queryByTestId(tid.codeTyped)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.codeGo));
  fireEvent.change(await screen.findByTestId(tid.codeTyped), { target: { value: "AAAA" } });
  fireEvent.click(screen.getByTestId(tid.codeConfirm));
  await screen.findByText("恢复码输入有误");
  // What was wrong with one try does not outlast the screen.
  fireEvent.click(screen.getByTestId(tid.nav("help")));
  fireEvent.click(await screen.findByTestId(tid.codeGo));
  await screen.findByTestId(tid.codeTyped);
  expect(screen.queryByText("恢复码输入有误")).toBeNull();
  fireEvent.change(screen.getByTestId(tid.codeTyped), { target: { value: "TBK5-WZRR-S95C" } });
  fireEvent.click(screen.getByTestId(tid.codeConfirm));
  await waitFor(() => expect(screen.queryByTestId(tid.codeUnconfirmed)).toBeNull());
  expect(screen.getByTestId(tid.codeConfirmed).textContent).toBe(zh.seal.codeConfirmed);
});

it("has backups and another recovery code also where there is no round yet", async () => {
  const bridge = fakeBridge(3);
  const plain = bridge.handlers.app_status;
  if (!plain) throw new Error("no status");
  bridge.handlers.app_status = async (none: Empty) => ({
    ...(await plain(none)),
    sealed: true,
    code_unconfirmed: true,
    rounds: [],
  });
  render(<App bridge={bridge} start={{ screen: "rounds", round: null }} />);
  const asks = await screen.findByTestId(tid.codeUnconfirmed);
  expect(asks.textContent).toContain(zh.backup.title);
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  fireEvent.click(await screen.findByTestId(tid.sealRenew));
  await screen.findByTestId(tid.sealOld);
});

it("forgets the computer with another recovery code, says so, and what its keychain did not let go of", async () => {
  const bridge = fakeBridge(3);
  const plain = bridge.handlers.app_status;
  if (!plain) throw new Error("no status");
  let kept = true;
  const note = "系统钥匙串里的那一条没有删掉";
  Object.assign(bridge.handlers, {
    app_status: async (none: Empty) => ({ ...(await plain(none)), sealed: true, kept_here: kept }),
    seal_code: () => {
      kept = false;
      return { code: "TBK5-WZRR-S95C", note };
    },
    seal_forget: () => {
      kept = false;
      return { note };
    },
  });
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  await screen.findByTestId(tid.sealForget);
  fireEvent.click(screen.getByTestId(tid.sealRenew));
  expect(screen.getByText(zh.seal.renewNote).textContent).toContain("记住口令的电脑");
  fireEvent.change(screen.getByTestId(tid.sealOld), { target: { value: "一句没有别人知道的话" } });
  fireEvent.click(screen.getByTestId(tid.sealRenewNow));
  expect((await screen.findByTestId(tid.recoveryNote)).textContent).toContain(note);
  await waitFor(() => expect(screen.queryByTestId(tid.sealForget)).toBeNull());
});

it("says what a keychain did not let go of when it is to forget", async () => {
  const bridge = fakeBridge(3);
  const plain = bridge.handlers.app_status;
  if (!plain) throw new Error("no status");
  let kept = true;
  Object.assign(bridge.handlers, {
    app_status: async (none: Empty) => ({ ...(await plain(none)), sealed: true, kept_here: kept }),
    seal_forget: () => {
      kept = false;
      return { note: "没有删掉" };
    },
  });
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.backupMore));
  fireEvent.click(await screen.findByTestId(tid.sealForget));
  expect((await screen.findByTestId(tid.sealNote)).textContent).toBe("没有删掉");
  expect(screen.queryByTestId(tid.sealForget)).toBeNull();
});
