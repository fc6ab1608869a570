import { Download } from 'lucide-react';
import { useI18n } from './i18n.tsx';

/** The whole list as a file (server/console/export-routes.ts), for whoever may see it. */
export function CsvLink({ list }: { readonly list: 'items' | 'loans' | 'audit' | 'people' }) {
  const { t } = useI18n();
  return (
    <a className="csv-link" href={`/export/${list}.csv`} download>
      <Download aria-hidden size={17} /> {t('export.csv')}
    </a>
  );
}
