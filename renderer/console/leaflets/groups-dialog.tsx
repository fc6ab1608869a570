import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n.tsx';
import { useMay } from '../may.ts';
import { useNames } from '../names.ts';
import { PageDialog } from '../page-dialog.tsx';
import { useServices } from '../services.ts';
import { type StationGroup, useGroups } from './audience.ts';
import { inDialog } from './in-dialog.ts';

interface GroupDraft {
  readonly zh: string;
  readonly en: string;
  readonly stations: string[];
}

/** A key that nobody else chooses at the same moment. */
function newKey(): string {
  return `g-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

interface GroupFormProps {
  /** Null: a new one. */
  readonly group: StationGroup | null;
  readonly onDone: () => void;
}

function GroupForm({ group, onDone }: GroupFormProps) {
  const { t } = useI18n();
  const { stations } = useNames();
  const { queries, queryClient } = useServices();
  const [key] = useState(() => group?.group ?? newKey());
  const save = useMutation(
    queries.leaflets.saveGroup.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: queries.leaflets.key() });
        onDone();
      },
    }),
  );
  const filled = [{ required: true, whitespace: true, message: t('groups.missing') }];
  return (
    <Form<GroupDraft>
      name={`group-${key}`}
      layout="vertical"
      className="leaflet-editor"
      requiredMark={false}
      aria-label={group === null ? t('groups.new') : group.name}
      initialValues={group === null ? { stations: [] } : { zh: group.zh, en: group.en, stations: [...group.stations] }}
      disabled={save.isPending}
      onFinish={({ zh, en, stations: codes }) =>
        save.mutate({ group: key, name: { zh: zh.trim(), en: en.trim() }, stations: codes })
      }
    >
      <Form.Item name="zh" label={t('groups.nameZh')} rules={filled}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="en" label={t('groups.nameEn')} rules={filled}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="stations"
        label={t('leaflets.stations')}
        rules={[{ type: 'array', min: 1, message: t('leaflets.wrong.audience') }]}
      >
        <Select
          getPopupContainer={inDialog}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={[...stations]}
        />
      </Form.Item>
      {save.isError && <Alert type="error" showIcon title={t('leaflets.failed')} />}
      <div className="leaflet-steps">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('groups.save')}
        </Button>
        <Button onClick={onDone}>{t('leaflets.no')}</Button>
      </div>
    </Form>
  );
}

/** Named groups of stations, to be chosen as an audience; who may, changes them here. */
export function GroupsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const { stationName } = useNames();
  const mayChange = useMay('leaflets.saveGroup');
  const groups = useGroups();
  const [changed, change] = useState<string | null>(null);
  const done = () => change(null);
  return (
    <PageDialog title={t('groups.title')} writing={changed !== null} onClose={onClose}>
      <p className="note">{t('groups.lead')}</p>
      {groups === undefined && <Skeleton active />}
      {groups?.length === 0 && changed === null && <p>{t('groups.none')}</p>}
      <ul className="leaflet-groups">
        {groups?.map((group) => (
          <li key={group.group}>
            {changed === group.group ? (
              <GroupForm group={group} onDone={done} />
            ) : (
              <>
                <span>
                  <strong>{group.name}</strong>
                  <span className="note">{group.stations.map(stationName).join(' · ')}</span>
                </span>
                {mayChange && (
                  <Button
                    aria-label={t('groups.changeOne', { name: group.name })}
                    disabled={changed !== null}
                    onClick={() => change(group.group)}
                  >
                    {t('groups.change')}
                  </Button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {changed === '' && <GroupForm group={null} onDone={done} />}
      {mayChange && changed === null && (
        <Button type="primary" onClick={() => change('')}>
          {t('groups.new')}
        </Button>
      )}
    </PageDialog>
  );
}
