/** Every version of the round's standard: who saved it when, why, and what it changed. */
import { Button, Tag } from "antd";
import type { StandardVersion } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.standard;

interface Props {
  versions: StandardVersion[];
  onRestore: (version: number) => void;
}

export function Versions({ versions, onRestore }: Props) {
  return (
    <section className="panel" data-testid={tid.standardVersions}>
      <h3>{words.versions}</h3>
      <ol className="versions">
        {versions.map((version) => (
          <li key={version.version}>
            <header>
              <strong>{words.version(version.version)}</strong>
              {version.current ? <Tag color="blue">{words.current}</Tag> : null}
              <span className="quiet">
                {version.reviewer} {version.at}
              </span>
              {version.current ? null : (
                <Button
                  size="small"
                  data-testid={tid.standardRestore(version.version)}
                  onClick={() => onRestore(version.version)}
                >
                  {words.restore}
                </Button>
              )}
            </header>
            {version.note ? <p>{version.note}</p> : null}
            {version.changes.length > 0 ? (
              <ul className="quiet">
                {version.changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            ) : version.version === 1 ? (
              <p className="quiet">{words.first}</p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
