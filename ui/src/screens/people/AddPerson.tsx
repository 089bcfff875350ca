/** Adds a person. Who was alone until now sets a PIN of one's own in the same step. */
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, PeopleView, RoleSet } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Secret } from "../../components/Secret";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.people;
const FIRST: RoleSet = { reviewer: true, lead: false, keeper: false };

interface Props {
  onAdded: (view: PeopleView) => void;
}

export function AddPerson({ onAdded }: Props) {
  const { bridge, status } = useApp();
  const [name, setName] = useState("");
  const [roles, setRoles] = useState(FIRST);
  const [pin, setPin] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const alone = !status.seat.has_pin;
  const add = async () => {
    try {
      onAdded(await bridge.call("person_add", { name: name.trim(), roles, pin }));
      setName("");
      setPin("");
      setRoles(FIRST);
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const chosen = words.roleList.some((role) => roles[role]);
  const begun = name.trim() !== "" || pin !== "";
  const lacks = [
    name.trim() === "" ? words.name : "",
    chosen ? "" : words.aRole,
    pin === "" ? words.firstPin : "",
  ].filter((part) => part !== "");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h3>{words.add}</h3>
      <p className="quiet">{alone ? words.ownFirst : words.addNote}</p>
      <div className="people-form">
        <Input
          data-testid={tid.personName}
          value={name}
          maxLength={40}
          disabled={alone}
          placeholder={words.name}
          aria-label={words.name}
          onChange={(event) => setName(event.target.value)}
        />
        {words.roleList.map((role) => (
          <Checkbox
            key={role}
            data-testid={tid.personRole(role)}
            checked={roles[role]}
            disabled={alone}
            onChange={(event) => setRoles({ ...roles, [role]: event.target.checked })}
          >
            {words.titles[role]}
          </Checkbox>
        ))}
        {alone ? null : <Secret name={tid.personPin} label={words.firstPin} value={pin} onValue={setPin} />}
        <Button
          htmlType="submit"
          type="primary"
          data-testid={tid.personAdd}
          disabled={alone || lacks.length > 0}
        >
          {words.add}
        </Button>
      </div>
      {!alone && lacks.length > 0 && (begun || !chosen) ? (
        <p className="quiet" role="status" data-testid={tid.personLacks}>
          {words.addLacks(lacks)}
        </p>
      ) : null}
      <FailureNote failure={failure} />
    </form>
  );
}
