import { Button } from 'antd';
import { type PropsWithChildren, type ReactNode, useEffect, useId, useRef } from 'react';
import { useI18n } from './i18n.tsx';
import './set-aside.css';

interface PageDialogProps {
  readonly title: string;
  readonly tags?: ReactNode;
  /** Somebody writes in it: it is left by its own buttons only, lest a key throws the text away. */
  readonly writing?: boolean;
  readonly onClose: () => void;
}

/** A dialog before the page, for as long as it is there. */
export function PageDialog({ title, tags, writing = false, onClose, children }: PropsWithChildren<PageDialogProps>) {
  const { t } = useI18n();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="entry"
      aria-labelledby={id}
      onClose={onClose}
      onCancel={(event) => {
        if (writing) event.preventDefault();
      }}
      onKeyDown={(event) => {
        if (writing && event.key === 'Escape') event.preventDefault();
      }}
    >
      <div className="entry-head">
        <h2 id={id}>{title}</h2>
        {tags}
        {!writing && <Button onClick={() => dialog.current?.close()}>{t('dialog.close')}</Button>}
      </div>
      {children}
    </dialog>
  );
}
