/** Asks for what a new round needs. Thresholds belong to the profile and are not asked here. */
import { Button, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, ProfileCard } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";

interface Values {
  name: string;
  school_code?: string;
  dates?: [Dayjs | null, Dayjs | null] | null;
  profile: string;
}

const day = (value: Dayjs | null | undefined) => value?.format("YYYY-MM-DD") ?? "";

export function RoundForm({ onClose }: { onClose: () => void }) {
  const { bridge, refresh, go } = useApp();
  const [profiles, setProfiles] = useState<ProfileCard[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Values>();
  const words = zh.rounds.form;

  useEffect(() => {
    bridge
      .call("profile_list", {})
      .then((list) => {
        setProfiles(list);
        const first = list[0];
        if (first && !form.getFieldValue("profile")) form.setFieldValue("profile", first.name);
      })
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge, form]);

  const create = async (values: Values) => {
    setBusy(true);
    setFailure(null);
    try {
      const card = await bridge.call("round_create", {
        name: values.name.trim(),
        school_code: values.school_code?.trim() ?? "",
        opens_on: day(values.dates?.[0]),
        closes_on: day(values.dates?.[1]),
        profile: values.profile,
      });
      await refresh();
      go({ screen: "roster", round: card.round });
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      setBusy(false);
    }
  };

  return (
    <section className="round-form">
      <h2>{words.title}</h2>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void create(values)}>
        <Form.Item
          name="name"
          label={words.name}
          rules={[{ required: true, whitespace: true, message: words.nameNeeded }]}
        >
          <Input
            data-testid={tid.roundFormName}
            placeholder={words.namePlaceholder}
            maxLength={100}
            autoFocus
          />
        </Form.Item>
        <div className="form-row">
          <Form.Item
            name="school_code"
            label={words.school}
            rules={[{ pattern: /^\d{5}$/, message: words.schoolWrong }]}
          >
            <Input data-testid={tid.roundFormSchool} placeholder={words.schoolPlaceholder} maxLength={5} />
          </Form.Item>
          <Form.Item name="dates" label={words.dates}>
            <DatePicker.RangePicker
              allowEmpty={[true, true]}
              // Enter takes the day over; it must not make the round without it.
              onKeyDown={(event) => {
                if (event.key === "Enter") event.preventDefault();
              }}
            />
          </Form.Item>
        </div>
        <Form.Item name="profile" label={words.profile} rules={[{ required: true }]}>
          <Select
            data-testid={tid.roundFormProfile}
            options={profiles.map((profile) => ({
              value: profile.name,
              label: profile.title,
              title: profile.source,
            }))}
          />
        </Form.Item>
        <FailureNote failure={failure} />
        <div className="form-buttons">
          <Button data-testid={tid.roundFormSubmit} type="primary" htmlType="submit" loading={busy}>
            {words.create}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </Form>
    </section>
  );
}
