/** The backups there are. Only shows them, and says which one is to be verified or restored. */
import { Button } from "antd";
import type { BackupCard } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { count, decimal } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.backup;

interface Props {
  backups: BackupCard[];
  busy: boolean;
  onVerify: (name: string) => void;
  onRestore: (backup: BackupCard) => void;
}

const number = (title: string, key: string) => ({
  title,
  dataIndex: key,
  width: 90,
  align: "right" as const,
  render: (n: number) => count(n),
});

export function BackupTable({ backups, busy, onVerify, onRestore }: Props) {
  if (backups.length === 0) return null;
  return (
    <DataTable<BackupCard>
      name={tid.backupTable}
      title={words.title}
      rowKey="name"
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
      rows={backups}
      columns={[
        { title: words.at, dataIndex: "at", width: 180 },
        { title: words.why, dataIndex: "why", width: 100 },
        number(words.rounds, "rounds"),
        number(words.students, "students"),
        {
          title: words.photos,
          width: 130,
          align: "right",
          render: (_, { photos, missing, damaged }) => {
            const wrong = [
              ...(missing > 0 ? [words.missing(count(missing))] : []),
              ...(damaged > 0 ? [words.damaged(count(damaged))] : []),
            ];
            return wrong.length > 0 ? `${count(photos)}（${wrong.join("，")}）` : count(photos);
          },
          text: ({ photos }) => photos,
        },
        number(words.logRows, "log_rows"),
        {
          title: words.size,
          width: 110,
          align: "right",
          render: (_, { mebibytes }) => words.mebibytes(decimal(mebibytes, 1)),
          text: ({ mebibytes }) => mebibytes,
        },
        {
          title: "",
          width: 150,
          render: (_, row) => (
            <>
              <Button
                size="small"
                type="link"
                disabled={busy}
                data-testid={tid.backupVerify(row.name)}
                onClick={() => onVerify(row.name)}
              >
                {words.verify}
              </Button>
              <Button
                size="small"
                type="link"
                disabled={busy}
                data-testid={tid.backupRestore(row.name)}
                onClick={() => onRestore(row)}
              >
                {words.restore}
              </Button>
            </>
          ),
        },
      ]}
    />
  );
}
