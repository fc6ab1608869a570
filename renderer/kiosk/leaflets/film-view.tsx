import { Pause, Play, RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { ImageFile, VideoFile } from '#shared/content/leaflet.ts';
import { useSpeech } from '../kiosk-context.tsx';
import { fileUrl, useLeaflets } from './leaflets-context.tsx';

interface FilmViewProps {
  readonly file: VideoFile;
  readonly poster: ImageFile | null;
  readonly name: string;
}

type Running = 'not-yet' | 'playing' | 'paused' | 'over' | 'broken';

/** A film, with one large button. While it plays nobody has to touch the screen. */
export function FilmView({ file, poster, name }: FilmViewProps) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const film = useRef<HTMLVideoElement>(null);
  const [running, setRunning] = useState<Running>('not-yet');
  const press = () => {
    if (running === 'playing') film.current?.pause();
    else film.current?.play().catch(() => setRunning('broken'));
  };
  const words = {
    'not-yet': 'reading.play',
    paused: 'reading.play',
    playing: 'reading.pause',
    over: 'reading.again',
  } as const;
  return (
    <>
      <div className="reading__film">
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- uploads bring no captions; what a film says stands in its summary */}
        <video
          ref={film}
          src={fileUrl(file.hash)}
          poster={poster === null ? undefined : fileUrl(poster.hash)}
          aria-label={name}
          playsInline
          disablePictureInPicture
          onPlay={() => setRunning('playing')}
          onPause={() => setRunning('paused')}
          onEnded={() => setRunning('over')}
          onError={() => setRunning('broken')}
          onTimeUpdate={() => leaflets.stay()}
        />
      </div>
      {running === 'broken' ? (
        <p className="reading__note">{t('reading.cannotShow')}</p>
      ) : (
        <div className="turner turner--one">
          <Button className="turner__button turner__button--main" onPress={press}>
            {running === 'playing' ? (
              <Pause aria-hidden="true" />
            ) : running === 'over' ? (
              <RotateCcw aria-hidden="true" />
            ) : (
              <Play aria-hidden="true" />
            )}
            {t(words[running])}
          </Button>
        </div>
      )}
    </>
  );
}
