import { useState } from 'react';
import type { LeafletBody } from '#shared/content/leaflet.ts';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { fileUrl, usePick } from './leaflets-context.tsx';
import { PageTurner } from './page-turner.tsx';

interface PicturesViewProps {
  readonly pictures: Extract<LeafletBody, { kind: 'pictures' }>['pictures'];
  readonly name: string;
}

/** One picture at a time, with what is said of it. */
export function PicturesView({ pictures, name }: PicturesViewProps) {
  const { t } = useSpeech();
  const pick = usePick();
  const [page, turn] = useState(1);
  const picture = pictures[page - 1];
  if (picture === undefined) return null;
  const caption = picture.caption === null ? null : pick(picture.caption);
  return (
    <>
      <figure className="reading__figure">
        <img
          key={picture.file.hash}
          src={fileUrl(picture.file.hash)}
          alt={caption?.text ?? t('reading.pageOf', { title: name, page })}
        />
        {caption === null ? null : (
          <figcaption lang={caption.lang}>
            <Unbroken text={caption.text} />
          </figcaption>
        )}
      </figure>
      {pictures.length > 1 ? <PageTurner page={page} pages={pictures.length} onTurn={turn} /> : null}
    </>
  );
}
