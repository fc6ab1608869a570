import { Download } from 'lucide-react';
import { useI18n } from './i18n.tsx';

interface CsvLinkProps {
  readonly list: 'items' | 'loans' | 'audit' | 'people';
  /** The call’s input: the list as it is filtered and sorted now. */
  readonly input: object;
}

/** The list as it is shown, all its pages, as a file (server/console/export-routes.ts), for whoever may see it. */
export function CsvLink({ list, input }: CsvLinkProps) {
  const { t } = useI18n();
  const asked = new URLSearchParams({ asked: JSON.stringify(input) });
  return (
    <a className="csv-link" href={`/export/${list}.csv?${asked}`} download>
      <Download aria-hidden size={17} /> {t('export.csv')}
    </a>
  );
}
