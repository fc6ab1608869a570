import { useI18n } from '../i18n.tsx';
import { useMay } from '../may.ts';
import { PageHead } from '../page-head.tsx';
import { MyKeyCard } from './my-key-card.tsx';
import { PublishCard } from './publish-card.tsx';
import { ReleaseList } from './release-list.tsx';
import './releases.css';
import { TruthList } from './truth-list.tsx';

/** Publishing, how far each release is, and what the terminals themselves say. */
export function ReleasesPage() {
  const { t } = useI18n();
  const mayPublish = useMay('releases.publish');
  return (
    <>
      <PageHead title={t('nav.releases')} lead={t('releases.lead')} />
      {mayPublish && <PublishCard />}
      <ReleaseList />
      <TruthList />
      {mayPublish && <MyKeyCard />}
    </>
  );
}
