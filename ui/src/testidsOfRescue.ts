/** Names by which window tests find things where a backup is restored at the door. */

export const rescueIds = {
  rescueProblem: "rescue-problem",
  rescueTable: "rescue-table",
  rescueChoose: (name: string) => `rescue-choose-${name}`,
  rescueFile: "rescue-file",
  rescueFilePassphrase: "rescue-file-passphrase",
  rescueLook: "rescue-look",
  rescueConfirm: "rescue-confirm",
  rescueCaution: "rescue-caution",
  rescuePassphrase: "rescue-passphrase",
  rescuePin: "rescue-pin",
  rescueOwnKey: "rescue-own-key",
  rescueUnread: "rescue-unread",
  rescueRestore: "rescue-restore",
  rescueDone: "rescue-done",
  rescueOpen: "rescue-open",
  rescueAgain: "rescue-again",
  rescueBeside: "rescue-beside",
} as const;
