import { Button, Input } from 'antd';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { ImageFile, LeafletFile, PdfFile, VideoFile } from '#shared/content/leaflet.ts';
import { useI18n } from '../i18n.tsx';
import { fileUrl } from './file-url.ts';
import type { FormPicture, LeafletForm } from './leaflet-form.ts';
import { UploadButton } from './upload-button.tsx';

const isImage = (file: LeafletFile): file is ImageFile => 'width' in file;
const isPdf = (file: LeafletFile): file is PdfFile => 'pages' in file;
const isVideo = (file: LeafletFile): file is VideoFile => !isImage(file) && !isPdf(file);

const PICTURES = 'image/jpeg,image/png,image/webp,image/svg+xml';

interface FilesPartProps {
  readonly form: LeafletForm;
  readonly change: (part: Partial<LeafletForm>) => void;
}

interface PictureRowProps {
  readonly picture: FormPicture;
  /** From 1, of how many. */
  readonly place: number;
  readonly count: number;
  readonly withCaption: boolean;
  readonly onChange: (picture: FormPicture) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  /** Null where there is no text to put it into. */
  readonly onInsert: (() => void) | null;
}

function PictureRow({ picture, place, count, withCaption, ...acts }: PictureRowProps) {
  const { t } = useI18n();
  const { onChange, onMove, onRemove, onInsert } = acts;
  return (
    <li className="picture-row">
      <img src={fileUrl(picture.file.hash)} alt={t('upload.pictureOf', { place })} />
      {withCaption && (
        <div className="picture-captions">
          <Input
            aria-label={`${t('leaflets.caption')} ${place} ${t('leaflets.inChinese')}`}
            placeholder={`${t('leaflets.caption')} · ${t('language.zh')}`}
            maxLength={200}
            value={picture.zh}
            onChange={(event) => onChange({ ...picture, zh: event.target.value })}
          />
          <Input
            aria-label={`${t('leaflets.caption')} ${place} ${t('leaflets.inEnglish')}`}
            placeholder={`${t('leaflets.caption')} · ${t('language.en')}`}
            maxLength={200}
            value={picture.en}
            onChange={(event) => onChange({ ...picture, en: event.target.value })}
          />
        </div>
      )}
      <span className="picture-acts">
        {onInsert !== null && (
          <Button aria-label={t('upload.insertOne', { place })} onClick={onInsert}>
            {t('upload.insert')}
          </Button>
        )}
        <Button
          aria-label={t('upload.earlier', { place })}
          icon={<ArrowUp aria-hidden size={16} />}
          disabled={place === 1}
          onClick={() => onMove(-1)}
        />
        <Button
          aria-label={t('upload.later', { place })}
          icon={<ArrowDown aria-hidden size={16} />}
          disabled={place === count}
          onClick={() => onMove(1)}
        />
        <Button
          danger
          aria-label={t('upload.removeOne', { place })}
          icon={<Trash2 aria-hidden size={16} />}
          onClick={onRemove}
        />
      </span>
    </li>
  );
}

/** The pictures of an article or of a picture set, in their order. */
function Pictures({ form, change }: FilesPartProps) {
  const { t } = useI18n();
  const { pictures } = form;
  const set = (next: readonly FormPicture[]) => change({ pictures: next });
  const moved = (from: number, by: -1 | 1): FormPicture[] => {
    const next = [...pictures];
    next.splice(from + by, 0, ...next.splice(from, 1));
    return next;
  };
  const insert = ({ file, zh }: FormPicture) =>
    change({ textZh: `${form.textZh.trimEnd()}\n\n![${zh === '' ? t('upload.alt') : zh}](picture:${file.hash})\n` });
  return (
    <>
      {pictures.length > 0 && (
        <ol className="picture-rows leaflet-wide">
          {pictures.map((picture, place) => (
            <PictureRow
              key={picture.file.hash}
              picture={picture}
              place={place + 1}
              count={pictures.length}
              withCaption={form.kind === 'pictures'}
              onChange={(next) => set(pictures.with(place, next))}
              onMove={(by) => set(moved(place, by))}
              onRemove={() => set(pictures.filter((each) => each !== picture))}
              onInsert={form.kind === 'article' ? () => insert(picture) : null}
            />
          ))}
        </ol>
      )}
      <UploadButton
        what={t('upload.pictures')}
        label={t('upload.addPicture')}
        accept={PICTURES}
        isWanted={isImage}
        onFile={(file) => set([...pictures.filter((each) => each.file.hash !== file.hash), { file, zh: '', en: '' }])}
      />
    </>
  );
}

interface OneFileProps<T extends LeafletFile> {
  readonly what: string;
  readonly file: T | null;
  readonly accept: string;
  readonly isWanted: (file: LeafletFile) => file is T;
  readonly onFile: (file: T | null) => void;
}

/** A place for one file. */
function OneFile<T extends LeafletFile>({ what, file, accept, isWanted, onFile }: OneFileProps<T>) {
  const { t } = useI18n();
  return (
    <div className="one-file">
      <span>{what}</span>
      {file !== null && (
        <span className="one-file-chosen">
          <a href={fileUrl(file.hash)} target="_blank" rel="noreferrer">
            {file.type}
            {' · '}
            {'pages' in file ? `${t('upload.pages', { pages: file.pages })} · ` : ''}
            {t('upload.size', { size: Math.ceil(file.bytes / 1024) })}
          </a>
          <Button danger aria-label={`${t('upload.remove')} ${what}`} onClick={() => onFile(null)}>
            {t('upload.remove')}
          </Button>
        </span>
      )}
      <UploadButton what={what} label={t('upload.choose')} accept={accept} isWanted={isWanted} onFile={onFile} />
    </div>
  );
}

/** The files of a leaflet, by its kind. A notice has none. */
export function FilesPart({ form, change }: FilesPartProps) {
  const { t } = useI18n();
  switch (form.kind) {
    case 'article':
    case 'pictures':
      return <Pictures form={form} change={change} />;
    case 'pdf':
      return (
        <>
          {(['pdfZh', 'pdfEn'] as const).map((field) => (
            <OneFile
              key={field}
              what={t(`upload.${field}`)}
              file={form[field]}
              accept="application/pdf"
              isWanted={isPdf}
              onFile={(file) => change({ [field]: file })}
            />
          ))}
        </>
      );
    case 'video':
      return (
        <>
          <OneFile
            what={t('upload.film')}
            file={form.film}
            accept="video/mp4,video/webm"
            isWanted={isVideo}
            onFile={(film) => change({ film })}
          />
          <OneFile
            what={t('upload.poster')}
            file={form.poster}
            accept={PICTURES}
            isWanted={isImage}
            onFile={(poster) => change({ poster })}
          />
        </>
      );
    default:
      return null;
  }
}
