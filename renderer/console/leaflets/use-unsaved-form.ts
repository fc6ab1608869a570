import { useEffect, useMemo, useState } from 'react';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { browserStorage } from '#renderer/ui/stored-language.ts';
import { useServices } from '../services.ts';
import { emptyForm, formOf, type LeafletForm } from './leaflet-form.ts';
import { createUnsaved } from './unsaved.ts';

/** The fields of a draft (null: of a new leaflet), as they were left when somebody wrote here last and did not save. */
export function useUnsavedForm(version: LeafletVersion | null) {
  const { queries, queryClient } = useServices();
  const saved = useMemo(() => (version === null ? emptyForm('notice') : formOf(version.content)), [version]);
  const [unsaved] = useState(() => {
    const who = queryClient.getQueryData(queries.session.who.queryKey());
    return createUnsaved(browserStorage(), who?.account ?? '', version);
  });
  const [kept, setKept] = useState(() => unsaved.read());
  const [form, setForm] = useState<LeafletForm>(kept?.form ?? saved);
  const isChanged = form !== saved;
  // Of the draft that was written on: who saves over another's change is told.
  const revision = kept === null ? (version?.revision ?? null) : kept.revision;
  useEffect(() => {
    if (isChanged) unsaved.keep({ revision, form });
  }, [unsaved, isChanged, revision, form]);
  return {
    form,
    change: (part: Partial<LeafletForm>): void => setForm((now) => ({ ...now, ...part })),
    isChanged,
    revision,
    /** It is not what is saved, but what was left. */
    isLeftOver: kept !== null,
    beginAnew: (): void => {
      unsaved.drop();
      setKept(null);
      setForm(saved);
    },
    /** It is saved, or thrown away. */
    drop: (): void => unsaved.drop(),
  };
}
