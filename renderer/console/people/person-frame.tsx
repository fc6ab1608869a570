import { Button } from 'antd';
import { type PropsWithChildren, useEffect, useRef } from 'react';
import { useI18n } from '../i18n.tsx';

/** The dialog's frame: it is before the list for as long as it is there. */
export function PersonFrame(props: PropsWithChildren<{ readonly title: string; readonly onClose: () => void }>) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="entry" aria-labelledby="person-title" onClose={props.onClose}>
      <div className="entry-head">
        <h2 id="person-title">{props.title}</h2>
        <Button onClick={() => dialog.current?.close()}>{t('people.close')}</Button>
      </div>
      {props.children}
    </dialog>
  );
}

/** A one-time password, to be read out: it is shown this once. */
export function OneTimePassword({ account, password }: { readonly account: string; readonly password: string }) {
  const { t } = useI18n();
  return (
    <output>
      <p>{t('people.oneTime', { account })}</p>
      <p className="one-time">{password}</p>
    </output>
  );
}
