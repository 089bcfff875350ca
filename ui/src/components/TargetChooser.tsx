/** Where the files of a hand-over go: a folder, chosen in the host's dialog or typed. */
import { FolderOpenOutlined } from "@ant-design/icons";
import { PathChooser } from "./PathChooser";

interface Props {
  label: string;
  testid: string;
  disabled?: boolean;
  onChosen: (path: string | null) => void;
}

export function TargetChooser({ label, testid, disabled = false, onChosen }: Props) {
  return (
    <PathChooser
      disabled={disabled}
      choices={[{ kind: "delivery_folder", label, testid, icon: <FolderOpenOutlined /> }]}
      onChosen={(paths) => onChosen(paths[0] ?? null)}
    />
  );
}
