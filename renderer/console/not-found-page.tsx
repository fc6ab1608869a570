import { Button } from 'antd';
import { useI18n } from './i18n.tsx';
import { hrefOf } from './router.ts';

export function NotFoundPage() {
  const { t } = useI18n();
  return (
    <section className="card empty">
      <h1>{t('nav.notFound')}</h1>
      <p>{t('notFound.text')}</p>
      <Button type="primary" size="large" href={hrefOf('/')}>
        {t('notFound.back')}
      </Button>
    </section>
  );
}
