/** What stands on a screen until what it shows was read. */
import { zh } from "../zh";

export function Reading() {
  return (
    <p className="quiet" role="status">
      {zh.table.loading}
    </p>
  );
}
