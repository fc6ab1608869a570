import { Button, Progress } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { LeafletFile } from '#shared/content/leaflet.ts';
import { useI18n } from '../i18n.tsx';
import { upload, type UploadFault } from './upload.ts';

interface UploadButtonProps<T extends LeafletFile> {
  /** What is chosen, for those who hear and don't see where the button stands. */
  readonly what: string;
  readonly label: string;
  /** As the `accept` of a file field. */
  readonly accept: string;
  readonly isWanted: (file: LeafletFile) => file is T;
  readonly onFile: (file: T) => void;
}

/** Chooses a file, sends it, and says in plain words what was wrong with it. */
export function UploadButton<T extends LeafletFile>({ what, label, accept, isWanted, onFile }: UploadButtonProps<T>) {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  const faultId = useId();
  const [part, setPart] = useState<number | null>(null);
  const [fault, setFault] = useState<Exclude<UploadFault, 'stopped'> | 'wrongKind' | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const send = async (file: File) => {
    const own = new AbortController();
    stop.current = own;
    setFault(null);
    setPart(0);
    const sent = await upload(file, setPart, own.signal);
    setPart(null);
    if (!sent.ok) setFault(sent.error === 'stopped' ? null : sent.error);
    else if (isWanted(sent.value)) onFile(sent.value);
    else setFault('wrongKind');
  };
  return (
    <div className="upload">
      <input
        ref={field}
        type="file"
        hidden
        accept={accept}
        aria-label={t('upload.chooseFor', { what })}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file again is a change as well.
          target.value = '';
          if (file !== undefined) void send(file);
        }}
      />
      {part === null ? (
        <Button
          aria-label={t('upload.chooseFor', { what })}
          aria-describedby={fault === null ? undefined : faultId}
          onClick={() => field.current?.click()}
        >
          {label}
        </Button>
      ) : (
        <div className="upload-way">
          <Progress percent={Math.round(part * 100)} showInfo={false} aria-label={what} />
          <output>{part < 1 ? t('upload.sending', { percent: Math.round(part * 100) }) : t('upload.checking')}</output>
          <Button onClick={() => stop.current?.abort()}>{t('upload.stop')}</Button>
        </div>
      )}
      {fault !== null && (
        <p className="leaflet-fault" id={faultId} role="alert">
          {t(`upload.${fault}`)}
        </p>
      )}
    </div>
  );
}
