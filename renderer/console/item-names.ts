import { useQueries } from '@tanstack/react-query';
import { subjectKey } from '#shared/ledger/event.ts';
import { useI18n } from './i18n.tsx';
import { useServices } from './services.ts';

const ITEM = 'item:';

/**
 * What the items among these subjects are, in the language of the page: `雨伞` for `item:HF-000123`. What an item is does
 * not change, so each is asked for once. Undefined for as long as the answer is not there; null for an item that is not
 * known (yet), and for any other subject.
 */
export function useItemNames(subjects: readonly string[]): (subject: string) => string | null | undefined {
  const { client } = useServices();
  const { pick } = useI18n();
  const items = [...new Set(subjects.filter((subject) => subject.startsWith(ITEM)))];
  const answers = useQueries({
    queries: items.map((subject) => ({
      // Not under the key of the item lists: these are read again with each event that comes in.
      queryKey: ['item-name', subject],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const { rows } = await client.items({ search: subjectKey(subject), pageSize: 1 }, { signal });
        return rows[0]?.typeName ?? null;
      },
      staleTime: (query: { state: { data: unknown } }) => (query.state.data ? Number.POSITIVE_INFINITY : 0),
    })),
  });
  return (subject) => {
    const answer = answers[items.indexOf(subject)];
    if (answer?.isPending) return undefined;
    return answer?.data ? pick(answer.data) : null;
  };
}
