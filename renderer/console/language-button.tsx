import { Button } from 'antd';
import { Languages } from 'lucide-react';
import { useI18n } from './i18n.tsx';

/** One click to the other language, named in that language. */
export function LanguageButton() {
  const { t, language, setLanguage } = useI18n();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" icon={<Languages aria-hidden size={18} />} lang={other} onClick={() => setLanguage(other)}>
      {t('switchLanguage')}
    </Button>
  );
}
