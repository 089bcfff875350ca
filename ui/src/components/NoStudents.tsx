/** What stands in a table of students that shows none: still loading, nobody found, or no roster yet. */
import { Button } from "antd";
import { useApp } from "../app/context";
import { zh } from "../zh";

interface Props {
  round: number;
  /** Whether the table has been read. */
  loaded: boolean;
  /** Whether it was narrowed by a search or a choice. */
  narrowed: boolean;
}

export function NoStudents({ round, loaded, narrowed }: Props) {
  const { go } = useApp();
  if (!loaded) return zh.table.loading;
  if (narrowed) return <p>{zh.students.none}</p>;
  return (
    <div className="no-students">
      <p>{zh.students.noRoster}</p>
      <Button type="primary" onClick={() => go({ screen: "roster", round })}>
        {zh.nav.roster}
      </Button>
    </div>
  );
}
