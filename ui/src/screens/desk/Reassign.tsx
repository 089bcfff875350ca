/** Gives the desk's photo to another student: shows both with their pictures before anything is done. */
import { Button, Modal } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, QueueItem, StudentHit } from "../../bindings/wire";
import { asFailure, type Bridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { AssignBox } from "../photos/AssignBox";

const words = zh.desk.reassign;

interface Props {
  /** Whose photo is given away; no other photo is touched, whatever the desk shows by then. */
  item: QueueItem;
  round: number;
  onDone: () => void;
  onClose: () => void;
}

/** The photo that counts for a student now. */
async function presentPhoto(bridge: Bridge, round: number, hit: StudentHit): Promise<string | null> {
  const query = { round, text: hit.student_no, state: "", offset: 0, limit: 100 };
  const { students } = await bridge.call("student_list", query);
  const submission = students.find((row) => row.student === hit.student)?.submission ?? null;
  if (submission === null) return null;
  return (await bridge.call("submission_show", { submission })).item.photo;
}

/** `undefined` while it is being asked for. */
function usePresentPhoto(round: number, hit: StudentHit | null, onFailure: (failure: Failure) => void) {
  const { bridge } = useApp();
  const [photo, setPhoto] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let stale = false;
    setPhoto(undefined);
    if (!hit) return;
    presentPhoto(bridge, round, hit)
      .then((found) => {
        if (!stale) setPhoto(found);
      })
      .catch((thrown) => {
        if (!stale) onFailure(asFailure(thrown, zh.failure.host));
      });
    return () => {
      stale = true;
    };
  }, [bridge, round, hit, onFailure]);
  return photo;
}

interface SideProps {
  title: string;
  name: string;
  no: string;
  college: string;
  photo: string | null | undefined;
}

function Side({ title, name, no, college, photo }: SideProps) {
  const { bridge } = useApp();
  return (
    <figure className="reassign-side">
      <figcaption className="quiet">{title}</figcaption>
      {photo ? (
        <img src={bridge.photoUrl("thumb", photo)} alt={name} />
      ) : (
        <div className="reassign-none quiet">{photo === null ? words.noPhoto : ""}</div>
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
  const photo = usePresentPhoto(round, hit, setFailure);
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
  const choose = (student: StudentHit) => {
    setFailure(null);
    setHit(student);
  };
  const same = hit !== null && hit.student_no === item.student_no;
  return (
    <Modal open onCancel={onClose} footer={null} title={words.title} wrapProps={{ "data-keys": "own" }}>
      <FailureNote failure={failure} />
      <AssignBox
        submission={item.submission}
        round={round}
        candidates={[]}
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
            photo={hit.has_photo ? photo : null}
          />
        ) : null}
      </div>
      <p className="quiet">{same ? words.same : words.effect}</p>
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
