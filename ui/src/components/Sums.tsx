/** 名单 = 应采 + 免采, 应采 = 已交 + 未交: how a roster adds up, in words. Only shows. */
import { count } from "../format";
import { tid } from "../testids";
import { zh } from "../zh";

const words = zh.scope;

interface Props {
  listed: number;
  due: number;
  exempt: number;
  submitted?: number;
  missing?: number;
}

function Part({ label, value, name }: { label: string; value: number; name: string }) {
  return (
    <span className="sum-part">
      {label} <b data-testid={tid.sum(name)}>{count(value)}</b>
    </span>
  );
}

export function Sums({ listed, due, exempt, submitted, missing }: Props) {
  return (
    <p className="sums">
      <span className="sum">
        <Part label={words.listed} value={listed} name="listed" /> ={" "}
        <Part label={words.due} value={due} name="due" /> +{" "}
        <Part label={words.exempt} value={exempt} name="exempt" />
      </span>
      {submitted !== undefined && missing !== undefined ? (
        <span className="sum">
          {words.due} {count(due)} = <Part label={words.submitted} value={submitted} name="submitted" /> +{" "}
          <Part label={words.missing} value={missing} name="missing" />
        </span>
      ) : null}
    </p>
  );
}
