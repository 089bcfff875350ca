/** The fee, how many have paid it, and the door for another list. */
import { FolderOpenOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Tooltip } from "antd";
import { useEffect, useState } from "react";
import type { FeeView } from "../../bindings/wire";
import { Figures } from "../../components/Figures";
import { PathChooser } from "../../components/PathChooser";
import { WhileOpen } from "../../components/WhileOpen";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.fees;

interface Props {
  round: number;
  view: FeeView;
  said: string;
  onSet: (fee: string, hold: boolean) => void;
  onImport: (path: string) => void;
}

export function FeePanel({ round, view, said, onSet, onImport }: Props) {
  const [fee, setFee] = useState(view.fee);
  useEffect(() => setFee(view.fee), [view.fee]);
  return (
    <section className="panel stack">
      <div className="wrap-row">
        <WhileOpen round={round}>
          <div className="wrap-row">
            <label htmlFor="fee">{words.fee}</label>
            <Input
              id="fee"
              className="fee-amount"
              inputMode="decimal"
              data-testid={tid.feeAmount}
              value={fee}
              onChange={(event) => setFee(event.target.value)}
              onPressEnter={() => onSet(fee, view.hold)}
            />
            <Button
              data-testid={tid.feeSave}
              disabled={fee === view.fee}
              onClick={() => onSet(fee, view.hold)}
            >
              {words.save}
            </Button>
            <Tooltip title={words.holdHint}>
              <Checkbox
                data-testid={tid.feeHold}
                checked={view.hold}
                onChange={(event) => onSet(view.fee, event.target.checked)}
              >
                {words.hold}
              </Checkbox>
            </Tooltip>
          </div>
        </WhileOpen>
        <span className="grow" />
        <WhileOpen round={round}>
          <PathChooser
            choices={[
              {
                kind: "payments",
                label: words.pick,
                testid: tid.feePick,
                icon: <FolderOpenOutlined />,
                primary: true,
              },
            ]}
            onChosen={(paths) => paths[0] && onImport(paths[0])}
          />
        </WhileOpen>
      </div>
      <div className="fee-figures">
        <Figures
          figures={[
            {
              key: "students",
              label: words.students,
              value: view.students - view.exempt_paid,
              testid: "fee-students",
            },
            ...(view.exempt_paid > 0
              ? [
                  {
                    key: "exempt",
                    label: words.exemptPaid,
                    value: view.exempt_paid,
                    testid: "fee-exempt",
                    tone: "look" as const,
                  },
                  { key: "whole", label: words.whole, value: view.students, testid: "fee-whole" },
                ]
              : []),
            {
              key: "paid",
              label: words.states.paid ?? "",
              value: view.paid,
              testid: "fee-paid",
              tone: "good",
            },
            { key: "unpaid", label: words.states.unpaid ?? "", value: view.unpaid, testid: "fee-unpaid" },
            {
              key: "short",
              label: words.states.short ?? "",
              value: view.short,
              testid: "fee-short",
              tone: "look",
            },
            {
              key: "over",
              label: words.states.over ?? "",
              value: view.over,
              testid: "fee-over",
              tone: "look",
            },
          ]}
        />
        {/* Beside the figures: however long it is, no button goes elsewhere. */}
        <span className="quiet" role="status" data-testid={tid.feeSaid}>
          {said}
        </span>
      </div>
    </section>
  );
}
