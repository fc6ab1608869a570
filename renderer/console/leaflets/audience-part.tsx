import { Select } from 'antd';
import type { Audience } from '#shared/content/leaflet.ts';
import { useI18n } from '../i18n.tsx';
import { useNames } from '../names.ts';
import { useGroups } from './audience.ts';
import { inDialog } from './in-dialog.ts';
import type { LeafletForm } from './leaflet-form.ts';

interface AudiencePartProps {
  readonly form: LeafletForm;
  readonly change: (part: Partial<LeafletForm>) => void;
}

/** Who a leaflet is for: all, groups of stations, or stations; and which stations that is now. */
export function AudiencePart({ form, change }: AudiencePartProps) {
  const { t } = useI18n();
  const { stations, stationName } = useNames();
  const groups = useGroups() ?? [];
  const inGroups = new Set(
    groups.filter(({ group }) => form.groups.includes(group)).flatMap(({ stations: codes }) => codes),
  );
  return (
    <>
      <label className="leaflet-field">
        {t('leaflets.audience')}
        <Select<Audience['kind']>
          getPopupContainer={inDialog}
          aria-label={t('leaflets.audience')}
          value={form.audience}
          options={(['all', 'groups', 'stations'] as const).map((value) => ({
            value,
            label: t(`leaflets.audience.${value}`),
          }))}
          onChange={(audience) => change({ audience })}
        />
      </label>
      {form.audience === 'groups' && (
        <label className="leaflet-field leaflet-wide">
          {t('leaflets.whichGroups')}
          <Select
            getPopupContainer={inDialog}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('leaflets.whichGroups')}
            notFoundContent={t('groups.none')}
            value={[...form.groups]}
            options={groups.map(({ group, name }) => ({ value: group, label: name }))}
            onChange={(chosen: string[]) => change({ groups: chosen })}
          />
        </label>
      )}
      {form.audience === 'stations' && (
        <label className="leaflet-field leaflet-wide">
          {t('leaflets.stations')}
          <Select
            getPopupContainer={inDialog}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('leaflets.stations')}
            value={[...form.stations]}
            options={[...stations]}
            onChange={(chosen: string[]) => change({ stations: chosen })}
          />
        </label>
      )}
      {form.audience === 'groups' && inGroups.size > 0 && (
        <output className="note leaflet-wide">
          {t('leaflets.thatIs', {
            stations: [...inGroups]
              .toSorted((a, b) => a.localeCompare(b))
              .map(stationName)
              .join(' · '),
          })}
        </output>
      )}
    </>
  );
}
