import { useMutation } from '@tanstack/react-query';
import { ORPCError } from '@orpc/client';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { CATEGORIES, LEAFLET_KINDS, PRIORITIES } from '#shared/content/leaflet.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';
import { useI18n } from '../i18n.tsx';
import { useServices } from '../services.ts';
import { AudiencePart } from './audience-part.tsx';
import { fileUrl } from './file-url.ts';
import { FilesPart } from './files-part.tsx';
import { inDialog } from './in-dialog.ts';
import { contentOf, type FormFaults } from './leaflet-form.ts';
import { useUnsavedForm } from './use-unsaved-form.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const TEXT_ROWS = { notice: 4, article: 16 } as const;

interface PartProps {
  readonly name: string;
  readonly wrong: boolean;
  readonly fault: string;
  readonly children: ReactNode;
}

/** Some fields that belong together, and what is wrong with them. */
function Part({ name, wrong, fault, children }: PartProps) {
  const id = useId();
  return (
    <fieldset className="leaflet-fields" aria-describedby={wrong ? id : undefined}>
      <legend>{name}</legend>
      {children}
      {wrong && (
        <p className="leaflet-fault" id={id} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

interface LeafletEditorProps {
  /** The draft that is changed; null: a new leaflet. */
  readonly version: LeafletVersion | null;
  readonly onDone: (leaflet: string | null) => void;
}

/** Where a notice or an article is written, and of every leaflet all but its files. */
export function LeafletEditor({ version, onDone }: LeafletEditorProps) {
  const { t, pickShort } = useEditorWords();
  const { client, queries, queryClient } = useServices();
  const { form, change, isChanged, revision, isLeftOver, beginAnew, drop } = useUnsavedForm(version);
  const [asksToLeave, askToLeave] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<FormFaults>({ parts: [], text: [] });
  const wrong = faults.parts;
  const leave = () => {
    drop();
    onDone(version?.leaflet ?? null);
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: (content: Parameters<typeof client.leaflets.create>[0]['content']) =>
      version === null
        ? client.leaflets.create({ content })
        : client.leaflets.save({
            leaflet: version.leaflet,
            version: version.version,
            revision: revision ?? version.revision,
            content,
          }),
    onSuccess: async ({ leaflet }) => {
      drop();
      await queryClient.invalidateQueries({ queryKey: queries.leaflets.key() });
      onDone(leaflet);
    },
  });
  const save = () => {
    const content = contentOf(form);
    setFaults(content.ok ? { parts: [], text: [] } : content.error);
    if (content.ok) mutate(content.value);
  };
  useEffect(() => {
    // The first place that has to be changed is seen, and written in.
    const first = wrong.length === 0 ? null : place.current?.querySelector('fieldset[aria-describedby]');
    first?.scrollIntoView({ block: 'center' });
    first?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
  }, [wrong]);
  const conflict = error instanceof ORPCError && error.code === 'CONFLICT';
  const textFault =
    faults.text.length === 0
      ? t('leaflets.wrong.body')
      : faults.text.map(({ code, detail }) => t(`leaflets.text.${code}`, { detail })).join(' ');
  const isText = form.kind === 'notice' || form.kind === 'article';
  const own = new Set<string>(form.pictures.map(({ file }) => file.hash));
  const line = (label: string, field: 'titleZh' | 'titleEn' | 'summaryZh' | 'summaryEn', longest: number) => (
    <label className="leaflet-field">
      {label}
      <Input value={form[field]} maxLength={longest} onChange={(event) => change({ [field]: event.target.value })} />
    </label>
  );
  const moment = (label: string, field: 'from' | 'until' | 'opens' | 'closes', type: 'datetime-local' | 'time') => (
    <label className="leaflet-field">
      {label}
      <Input type={type} value={form[field]} onChange={(event) => change({ [field]: event.target.value })} />
    </label>
  );
  return (
    <form
      ref={place}
      className="leaflet-editor"
      aria-label={t(version === null ? 'leaflets.new' : 'leaflets.edit')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {isLeftOver && (
        <Alert
          type="info"
          showIcon
          title={t('leaflets.unsaved')}
          action={
            <Button
              onClick={() => {
                beginAnew();
                setFaults({ parts: [], text: [] });
              }}
            >
              {t('leaflets.beginAnew')}
            </Button>
          }
        />
      )}
      {version === null && (
        <label className="leaflet-field">
          {t('leaflets.kind')}
          <Select
            getPopupContainer={inDialog}
            aria-label={t('leaflets.kind')}
            value={form.kind}
            options={LEAFLET_KINDS.map((value) => ({ value, label: t(`leafletKind.${value}`) }))}
            onChange={(kind) => change({ kind })}
          />
        </label>
      )}
      <Part name={t('leaflets.title')} wrong={wrong.includes('title')} fault={t('leaflets.wrong.title')}>
        {line(t('leaflets.inChinese'), 'titleZh', 80)}
        {line(t('leaflets.inEnglish'), 'titleEn', 80)}
      </Part>
      <Part name={t('leaflets.summary')} wrong={wrong.includes('summary')} fault={t('leaflets.wrong.summary')}>
        {line(t('leaflets.inChinese'), 'summaryZh', 200)}
        {line(t('leaflets.inEnglish'), 'summaryEn', 200)}
      </Part>
      {isText && (
        <Part name={t('leaflets.text')} wrong={wrong.includes('body')} fault={textFault}>
          {(['textZh', 'textEn'] as const).map((field) => (
            <label key={field} className="leaflet-field">
              {t(field === 'textZh' ? 'leaflets.inChinese' : 'leaflets.inEnglish')}
              <Input.TextArea
                rows={TEXT_ROWS[form.kind === 'article' ? 'article' : 'notice']}
                value={form[field]}
                onChange={(event) => change({ [field]: event.target.value })}
              />
            </label>
          ))}
          {form.kind === 'article' && <p className="note leaflet-wide">{t('leaflets.markdown')}</p>}
          {form.textZh.trim() !== '' && (
            <section className="leaflet-paper leaflet-wide" lang="zh-CN" aria-label={t('leaflets.looks')}>
              <LeafletText text={form.textZh} pictureUrl={(hash) => (own.has(hash) ? fileUrl(hash) : null)} />
            </section>
          )}
        </Part>
      )}
      {form.kind !== 'notice' && (
        <Part name={t('leaflets.files')} wrong={!isText && wrong.includes('body')} fault={t('leaflets.wrong.files')}>
          <FilesPart form={form} change={change} />
        </Part>
      )}
      <Part name={t('leaflets.order')} wrong={wrong.includes('tags')} fault={t('leaflets.wrong.tags')}>
        <label className="leaflet-field">
          {t('leaflets.category')}
          <Select
            getPopupContainer={inDialog}
            aria-label={t('leaflets.category')}
            value={form.category}
            options={CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
            onChange={(category) => change({ category })}
          />
        </label>
        <label className="leaflet-field">
          {t('leaflets.priority')}
          <Select
            getPopupContainer={inDialog}
            aria-label={t('leaflets.priority')}
            value={form.priority}
            options={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChange={(priority) => change({ priority })}
          />
        </label>
        <label className="leaflet-field leaflet-wide">
          {t('leaflets.tagsHint')}
          <Input value={form.tags} maxLength={250} onChange={(event) => change({ tags: event.target.value })} />
        </label>
        {form.priority === 'emergency' && (
          <Alert
            className="leaflet-wide"
            type="warning"
            showIcon
            title={t('leaflets.emergency')}
            description={form.until === '' ? t('leaflets.emergencyEnd') : undefined}
          />
        )}
      </Part>
      <Part name={t('leaflets.where')} wrong={wrong.includes('audience')} fault={t('leaflets.wrong.audience')}>
        <AudiencePart form={form} change={change} />
      </Part>
      <Part name={t('leaflets.when')} wrong={wrong.includes('window')} fault={t('leaflets.wrong.window')}>
        {moment(t('leaflets.from'), 'from', 'datetime-local')}
        {moment(t('leaflets.until'), 'until', 'datetime-local')}
        {moment(t('leaflets.opens'), 'opens', 'time')}
        {moment(t('leaflets.closes'), 'closes', 'time')}
        <fieldset className="leaflet-wide leaflet-week" aria-label={t('leaflets.weekdays')}>
          {WEEK.map((day) => (
            <Checkbox
              key={day}
              checked={form.weekdays.includes(day)}
              onChange={({ target }) =>
                change({
                  weekdays: target.checked ? [...form.weekdays, day] : form.weekdays.filter((each) => each !== day),
                })
              }
            >
              {pickShort(day)}
            </Checkbox>
          ))}
        </fieldset>
      </Part>
      {error !== null && <Alert type="error" showIcon title={t(conflict ? 'leaflets.conflict' : 'leaflets.failed')} />}
      {wrong.length > 0 && <Alert type="warning" showIcon title={t('leaflets.wrong')} />}
      <div className="leaflet-steps">
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('leaflets.save')}
        </Button>
        <Button onClick={() => (isChanged ? askToLeave(true) : leave())}>{t('leaflets.cancel')}</Button>
      </div>
      {asksToLeave && (
        <fieldset className="leaflet-sure" aria-label={t('leaflets.cancel')}>
          <span>{t('leaflets.sure.cancel')}</span>
          <Button danger type="primary" onClick={leave}>
            {t('leaflets.throwAway')}
          </Button>
          <Button onClick={() => askToLeave(false)}>{t('leaflets.writeOn')}</Button>
        </fieldset>
      )}
    </form>
  );
}

/** The catalogue, and the names of the days of the week from the browser. 2 January 2023 was a Monday. */
function useEditorWords() {
  const { t, language } = useI18n();
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' });
  return { t, pickShort: (day: number) => format.format(Date.UTC(2023, 0, 1 + day)) };
}
