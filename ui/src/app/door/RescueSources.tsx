/** What can be restored at the door: a backup of the list, or one in a file, which is looked into first. */
import { FileZipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import type { BackupCard, DoorBackups, Failure } from "../../bindings/wire";
import { asFailure, type Bridge, type DoorBridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { PASSPHRASE, Secret } from "../../components/Secret";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.rescue;

/** A backup that was chosen, and what is known of what opens it. */
export interface Chosen {
  card: BackupCard;
  /** The file that it lies in; empty for one of the list. */
  file: string;
  /** What opened the file. */
  passphrase: string;
  /** Whether the workspace's passphrase is still to be asked for. */
  asks: boolean;
}

interface Props {
  bridge: Bridge;
  door: DoorBridge;
  damaged: boolean;
  known: DoorBackups | null;
  onChosen: (chosen: Chosen) => void;
}

function List({ known, onChosen }: { known: DoorBackups; onChosen: (chosen: Chosen) => void }) {
  if (known.backups.length === 0) return <p className="quiet">{words.none}</p>;
  return (
    <div className="rescue-list">
      <table className="rescue-table" data-testid={tid.rescueTable}>
        <thead>
          <tr>
            {[words.at, words.rounds, words.students, words.photos, ""].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {known.backups.map((card) => (
            <tr key={card.name}>
              <td>
                {card.at} <span className="quiet">{card.why}</span>
              </td>
              <td>{count(card.rounds)}</td>
              <td>{count(card.students)}</td>
              <td>{count(card.photos)}</td>
              <td>
                <Button
                  size="small"
                  data-testid={tid.rescueChoose(card.name)}
                  onClick={() => onChosen({ card, file: "", passphrase: "", asks: known.sealed })}
                >
                  {words.choose}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FromFile({ bridge, door, onChosen }: Omit<Props, "damaged" | "known">) {
  const [file, setFile] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  const choose = () =>
    guarded(async () => {
      const [path] = (await bridge.pick("backup")) ?? [];
      if (path !== undefined) setFile(path);
    });
  const look = () =>
    guarded(async () => {
      const given = passphrase.trim();
      const card = await door.look({ file, passphrase: given });
      onChosen({ card, file, passphrase: given, asks: false });
    });
  return (
    <form
      className="door-way stack"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <h2>{words.fromFile}</h2>
      <p className="quiet">{words.fileNote}</p>
      <Button
        icon={<FileZipOutlined />}
        data-testid={tid.rescueFile}
        disabled={busy}
        onClick={() => void choose()}
      >
        {words.file}
      </Button>
      {file === "" ? null : (
        <>
          <p className="mono break">{file}</p>
          <Secret
            name={tid.rescueFilePassphrase}
            className="mono"
            label={words.filePassphrase}
            value={passphrase}
            onValue={setPassphrase}
            autoFocus
            {...PASSPHRASE}
          />
          <Button
            htmlType="submit"
            data-testid={tid.rescueLook}
            loading={busy}
            disabled={passphrase.trim() === ""}
          >
            {words.look}
          </Button>
        </>
      )}
      <FailureNote failure={failure} />
    </form>
  );
}

export function RescueSources({ bridge, door, damaged, known, onChosen }: Props) {
  return (
    <>
      {damaged && known ? (
        <section className="door-way stack">
          <h2>{words.fromList}</h2>
          <List known={known} onChosen={onChosen} />
        </section>
      ) : null}
      <FromFile bridge={bridge} door={door} onChosen={onChosen} />
      {known && known.beside.length > 0 ? (
        <div className="stack" data-testid={tid.rescueBeside}>
          <p className="text-warn">{words.beside}</p>
          {known.beside.map((folder) => (
            <p className="mono break" key={folder}>
              {folder}
            </p>
          ))}
        </div>
      ) : null}
    </>
  );
}
