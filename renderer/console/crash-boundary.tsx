import { Button, Result } from 'antd';
import { Component, type PropsWithChildren } from 'react';
import { useI18n } from './i18n.tsx';

function Crashed() {
  const { t } = useI18n();
  return (
    <main>
      <Result
        status="error"
        title={t('crash.title')}
        subTitle={t('crash.text')}
        extra={
          <Button type="primary" size="large" onClick={() => globalThis.location.reload()}>
            {t('crash.reload')}
          </Button>
        }
      />
    </main>
  );
}

/** A bug on the page ends in a plain sentence, never in a blank page. */
export class CrashBoundary extends Component<PropsWithChildren, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}
