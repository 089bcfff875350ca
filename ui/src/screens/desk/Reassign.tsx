/**
 * Gives the desk's photo to another student, both shown with their pictures before anything is done; or takes it away
 * from this one where nobody knows whose it is.
 */
import { Button, Modal } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, QueueItem, StudentHit } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { AssignBox } from "../../components/AssignBox";
import { FailureNote } from "../../components/FailureNote";
import { PhotoImage } from "../../components/PhotoImage";
import { useOwnKeys } from "../../components/useOwnKeys";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.reassign;

interface Props {
  /** Whose photo is given away; no other photo is touched, whatever the desk shows by then. */
  item: QueueItem;
  round: number;
  onDone: () => void;
  onClose: () => void;
}

interface SideProps {
  title: string;
  name: string;
  no: string;
  college: string;
  photo: string | null;
}

function Side({ title, name, no, college, photo }: SideProps) {
  const { bridge } = useApp();
  return (
    <figure className="reassign-side">
      <figcaption className="quiet">{title}</figcaption>
      {photo ? (
        <PhotoImage src={bridge.photoUrl("thumb", photo)} alt={name} />
      ) : (
        <div className="reassign-none quiet">{words.noPhoto}</div>
      )}
      <b>{name}</b>
      <span className="mono">{no}</span>
      <span className="quiet">{college}</span>
    </figure>
  );
}

export function Reassign({ item, round, onDone, onClose }: Props) {
  const { bridge, refresh } = useApp();
  const [hit, setHit] = useState<StudentHit | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [sending, setSending] = useState(false);
  // Wherever the focus goes: no key means the photo under this box.
  useOwnKeys(true);
  const give = async (student: number) => {
    setSending(true);
    setFailure(null);
    try {
      await bridge.call("pile_assign", { submission: item.submission, student });
      void refresh();
      onDone();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      setSending(false);
    }
  };
  const takeOut = async () => {
    setSending(true);
    setFailure(null);
    try {
      await bridge.call("pile_put_back", { submission: item.submission });
      void refresh();
      onDone();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      setSending(false);
    }
  };
  const choose = (student: StudentHit) => {
    setFailure(null);
    setHit(student);
  };
  const same = hit !== null && hit.student_no === item.student_no;
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={words.title}
      wrapProps={{ "data-keys": "own" }}
      afterOpenChange={(open) => {
        // What is typed is whom it is given to.
        if (open)
          document.querySelector<HTMLElement>(`[data-testid="${tid.pileSearch(item.submission)}"]`)?.focus();
      }}
    >
      <FailureNote failure={failure} />
      <AssignBox
        id={item.submission}
        round={round}
        candidates={[]}
        ofPhoto
        action={words.look}
        onAssign={(_, student) => choose(student)}
      />
      <div className="reassign-sides">
        <Side
          title={words.from}
          name={item.name}
          no={item.student_no}
          college={item.college}
          photo={item.photo}
        />
        {hit ? (
          <Side
            title={words.to}
            name={hit.name}
            no={hit.student_no}
            college={hit.college}
            photo={hit.photo}
          />
        ) : null}
      </div>
      <p className="quiet">{same ? words.same : words.effect}</p>
      <Button data-testid={tid.reassignOut} disabled={sending} onClick={() => void takeOut()}>
        {words.takeOut}
      </Button>{" "}
      <Button
        type="primary"
        data-testid={tid.reassignDo}
        disabled={!hit || same}
        loading={sending}
        onClick={() => hit && void give(hit.student)}
      >
        {hit && !same ? words.give(hit.name, hit.student_no) : words.choose}
      </Button>
    </Modal>
  );
}
