import { useI18n } from './i18n.tsx';
import { Link } from './link.tsx';

export function NotFoundPage() {
  const { t } = useI18n();
  return (
    <section className="card empty">
      <h1>{t('nav.notFound')}</h1>
      <p>{t('notFound.text')}</p>
      <Link href="/">{t('notFound.back')}</Link>
    </section>
  );
}
