/**
 * What the screens need of the host they run in. Not a host itself: see `tauri.ts` (the desktop
 * window) and `http.ts` (the same screens in a browser over loopback).
 */
import type {
  BackupCard,
  Commands,
  DoorBackups,
  DoorCopy,
  DoorKey,
  DoorOpened,
  DoorRestore,
  DoorRestored,
  DoorView,
  Failure,
  RecoveryShown,
  SealProgress,
} from "../bindings/wire";

export type CommandName = keyof Commands;
/** Originals never come to the screen: a preview is made once, when a photo is imported. */
export type PhotoKind = "preview" | "thumb";
export type PickKind =
  | "roster"
  | "payments"
  | "receipt"
  | "collected"
  | "photos_folder"
  | "photos_zip"
  | "archive"
  | "backup"
  | "delivery_folder";

/** Files that a folder was chosen for. */
export type SavedKind = "table" | "sms" | "diagnostics";

/** What the second window shows. */
export interface AlonePhoto {
  /** SHA-256. */
  photo: string;
  caption: string;
  /** The reviewer's own keys that open and close the second window, by `event.code`. */
  keys: readonly string[];
}

/** The door of the workspace, where the host has one: what can be asked before there is a station. */
export interface DoorBridge {
  show(): Promise<DoorView>;
  unlock(key: DoorKey): Promise<DoorOpened>;
  /** Opens it with what the system's keychain kept. */
  unlockHere(): Promise<void>;
  /** Makes the workspace: sealed, or plain without a passphrase. */
  make(passphrase: string): Promise<RecoveryShown>;
  /** The backups of a workspace that does not open. */
  backups(): Promise<DoorBackups>;
  /** Looks into a backup in a file. */
  look(copy: DoorCopy): Promise<BackupCard>;
  /** Restores in the place of a workspace that does not open, or where there is none. */
  restore(args: DoorRestore): Promise<DoorRestored>;
  /** Calls back with how far restoring is; returns how to stop. */
  onRestoring(callback: (progress: SealProgress) => void): () => void;
  /** Seals the open plain workspace for whom the page shows. */
  seal(passphrase: string): Promise<RecoveryShown>;
  /** Calls back with how far sealing is; returns how to stop. */
  onSealing(callback: (progress: SealProgress) => void): () => void;
}

export interface Bridge {
  /** Absent in the browser: who serves the pages has opened the workspace. */
  door?: DoorBridge;
  /** Runs a command; rejects with a `Failure`. */
  call<K extends CommandName>(name: K, args: Commands[K]["args"]): Promise<Commands[K]["answer"]>;
  /** Address of a photo's picture, by SHA-256. */
  photoUrl(kind: PhotoKind, sha256: string): string;
  /** Whether `pick` opens a dialog here; without one, screens offer a box to type a path into. */
  readonly picks: boolean;
  /** Lets the reviewer choose files or a folder; `null` when nothing was chosen, or a dialog is open already. */
  pick(kind: PickKind): Promise<string[] | null>;
  /** Shows the folder of a delivery in the file manager; only where `picks`. */
  openDelivery(round: number, number: number): Promise<void>;
  /** Shows the folder that the last page of a round was saved to; only where `picks`. */
  openClosing(round: number): Promise<void>;
  /** Shows the folder that the certificate of a round's deletion was saved to; only where `picks`. */
  openCertificate(round: number): Promise<void>;
  /** Opens one of the files that a job printed, by its place in the report, or with `null` the folder it wrote; only where `picks`. */
  openWritten(job: number, file: number | null): Promise<void>;
  /** Shows the folder that a file of this kind was saved to last; only where `picks`. */
  openSaved(what: SavedKind): Promise<void>;
  /** Calls back with the paths of files dropped on the window; returns how to stop. */
  onDrop(callback: (paths: string[]) => void): () => void;
  /** Opens the second window, which shows the desk's photo alone, or closes it. */
  toggleAlone(): Promise<void>;
  /** What the second window is to show from now on, open or not. */
  showAlone(photo: AlonePhoto | null): void;
  /** In the second window: calls back with what to show, at once and at every change; returns how to stop. */
  onAlone(callback: (photo: AlonePhoto | null) => void): () => void;
  /** Before the window closes: calls back, and lets it close when the answer is true; returns how to stop. */
  onClose(callback: () => Promise<boolean>): () => void;
  /** Says whom the page shows as signed in: what is asked from now on is asked for that person, and refused for another. */
  shows(person: number | null): void;
  /** Calls back when an answer says that another sits here than the page shows, or nobody; returns how to stop. */
  onSeat(callback: () => void): () => void;
  /** Sets the size of everything, 1 to 2; absent where the browser has its own way. */
  zoom?: (factor: number) => Promise<void>;
}

const CODES: readonly string[] = [
  "not_found",
  "refused",
  "nameless",
  "no_queue",
  "signed_out",
  "not_allowed",
  "conflict",
  "file",
  "roster",
  "workspace",
  "damaged",
  "cancelled",
  "internal",
];

/** Turns whatever was thrown into a `Failure`, so that screens only know that one. */
export function asFailure(thrown: unknown, fallback: string): Failure {
  if (typeof thrown === "object" && thrown !== null) {
    const { code, message, detail } = thrown as Partial<Failure>;
    if (typeof message === "string" && typeof code === "string" && CODES.includes(code)) {
      return { code, message, detail: typeof detail === "string" ? detail : "" };
    }
  }
  return { code: "internal", message: fallback, detail: String(thrown) };
}

const OF_THE_SEAT: readonly string[] = ["signed_out", "not_allowed", "conflict"];

/** The seat's part of a bridge: whom the page shows, and who listens for a change. */
export function seatPart() {
  let person: number | null = null;
  const listeners = new Set<() => void>();
  return {
    shown: () => person,
    /** Looks at a failure on its way to the screen. */
    seen(failure: Failure): Failure {
      if (OF_THE_SEAT.includes(failure.code)) for (const heard of listeners) heard();
      return failure;
    },
    part: {
      shows(shown: number | null) {
        person = shown;
      },
      onSeat(callback: () => void) {
        listeners.add(callback);
        return () => {
          listeners.delete(callback);
        };
      },
    },
  };
}

/**
 * Holds every choice until the one before has ended: a key that is pressed twice, or another button, opens no second dialog
 * over the first, which the system lets stand behind the window.
 */
export function oneAtATime(pick: Bridge["pick"]): Bridge["pick"] {
  let open = false;
  return async (kind) => {
    if (open) return null;
    open = true;
    try {
      return await pick(kind);
    } finally {
      open = false;
    }
  };
}
