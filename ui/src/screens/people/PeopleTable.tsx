/** Everybody: roles to tick, a PIN to give anew, who left. Sends nothing itself. */
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { PersonCard, RoleSet } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { Secret } from "../../components/Secret";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.people;

interface Props {
  people: PersonCard[];
  /** Who sits here: changes the PIN above. */
  me: number | null;
  onRoles: (person: number, roles: RoleSet) => void;
  onRename: (person: number, name: string) => Promise<boolean>;
  onDisable: (person: number, disabled: boolean) => void;
  onPin: (person: number, pin: string) => Promise<boolean>;
}

const state = ({ has_pin, wrong }: PersonCard) =>
  [has_pin ? words.hasPin : words.noPin, wrong > 0 ? words.wrong(wrong) : ""].filter(Boolean).join("，");
const held = (roles: RoleSet) =>
  words.roleList
    .filter((role) => roles[role])
    .map((role) => words.titles[role])
    .join("、");

/** The station refuses to let the last one go, too. */
function isLastKeeper(people: readonly PersonCard[], row: PersonCard): boolean {
  const keepers = people.filter((one) => one.roles.keeper && !one.disabled);
  return keepers.length === 1 && keepers[0]?.person === row.person;
}

function ResetBox({ row, onPin, onClose }: { row: PersonCard; onPin: Props["onPin"]; onClose: () => void }) {
  const [pin, setPin] = useState("");
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onPin(row.person, pin).then((done) => done && onClose());
      }}
    >
      <Secret name={tid.personResetPin} label={words.resetOf(row.name)} value={pin} onValue={setPin} />
      <Button htmlType="submit" type="primary" data-testid={tid.personResetSave} disabled={pin === ""}>
        {words.save}
      </Button>
      <Button onClick={onClose}>{words.cancel}</Button>
    </form>
  );
}

function RenameBox({
  row,
  onRename,
  onClose,
}: {
  row: PersonCard;
  onRename: Props["onRename"];
  onClose: () => void;
}) {
  const [name, setName] = useState(row.name);
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onRename(row.person, name.trim()).then((done) => done && onClose());
      }}
    >
      <Input
        data-testid={tid.personRenameName}
        value={name}
        maxLength={40}
        aria-label={words.rightName}
        autoFocus
        onKeyDown={(event) => event.key === "Escape" && onClose()}
        onChange={(event) => setName(event.target.value)}
      />
      <Button
        htmlType="submit"
        type="primary"
        data-testid={tid.personRenameSave}
        disabled={name.trim() === "" || name.trim() === row.name}
      >
        {words.save}
      </Button>
      <Button onClick={onClose}>{words.cancel}</Button>
      <span className="quiet">{words.renameNote}</span>
    </form>
  );
}

export function PeopleTable({ people, me, onRoles, onRename, onDisable, onPin }: Props) {
  const [renaming, setRenaming] = useState<PersonCard | null>(null);
  const [resetting, setResetting] = useState<PersonCard | null>(null);
  return (
    <>
      <DataTable<PersonCard>
        name={tid.peopleTable}
        title={words.list}
        rowKey="person"
        pagination={false}
        rows={people}
        columns={[
          {
            title: words.name,
            dataIndex: "name",
            width: 180,
            render: (name: string, { disabled }) => (
              <span className={disabled ? "people-off" : ""}>
                {name}
                {disabled ? `（${words.left}）` : ""}
              </span>
            ),
          },
          {
            title: words.role,
            width: 330,
            render: (_, { person, roles, disabled }) =>
              words.roleList.map((role) => (
                <Checkbox
                  key={role}
                  data-testid={tid.personHas(person, role)}
                  checked={roles[role]}
                  disabled={disabled}
                  onChange={(event) => onRoles(person, { ...roles, [role]: event.target.checked })}
                >
                  {words.titles[role]}
                </Checkbox>
              )),
            text: ({ roles }) => held(roles),
          },
          { title: words.state, render: (_, row) => state(row), text: state },
          {
            title: "",
            width: 220,
            render: (_, row) => (
              <>
                {row.person === me || row.disabled ? null : (
                  <Button
                    size="small"
                    type="link"
                    data-testid={tid.personReset(row.person)}
                    onClick={() => setResetting(row)}
                  >
                    {words.reset}
                  </Button>
                )}
                <Button
                  size="small"
                  type="link"
                  data-testid={tid.personRename(row.person)}
                  disabled={row.signed}
                  title={row.signed ? words.renameSigned : undefined}
                  onClick={() => setRenaming(row)}
                >
                  {words.rename}
                </Button>
                <Button
                  size="small"
                  type="link"
                  data-testid={tid.personLeave(row.person)}
                  disabled={isLastKeeper(people, row)}
                  title={isLastKeeper(people, row) ? words.lastKeeper : undefined}
                  onClick={() => onDisable(row.person, !row.disabled)}
                >
                  {row.disabled ? words.back : words.leave}
                </Button>
              </>
            ),
          },
        ]}
      />
      {renaming ? (
        <RenameBox
          key={renaming.person}
          row={renaming}
          onRename={onRename}
          onClose={() => setRenaming(null)}
        />
      ) : null}
      {resetting ? (
        <ResetBox key={resetting.person} row={resetting} onPin={onPin} onClose={() => setResetting(null)} />
      ) : null}
    </>
  );
}
