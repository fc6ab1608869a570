import { Button, Checkbox, Segmented } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Preview, PREVIEW_HASH, PREVIEW_PATH, previewReadySchema } from '#shared/contract/preview.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { useI18n } from '../i18n.tsx';

/** The kiosks' screens (screens.md). */
const SHAPES = { portrait: [1080, 1920], landscape: [1920, 1080], small: [1280, 800] } as const;
type Shape = keyof typeof SHAPES;

/** CSS pixels that the picture of a screen may have. */
const ROOM = { width: 640, height: 620 } as const;

interface ScreenProps extends Pick<Preview, 'language' | 'largeText' | 'highContrast'> {
  readonly version: LeafletVersion;
  readonly shape: Shape;
}

/** The real page of the kiosk, at its real size and made smaller. */
function Screen({ version, shape, language, largeText, highContrast }: ScreenProps) {
  const { t } = useI18n();
  const frame = useRef<HTMLIFrameElement>(null);
  const [width, height] = SHAPES[shape];
  const scale = Math.min(ROOM.width / width, ROOM.height / height, (globalThis.innerWidth - 64) / width);
  const message = useMemo((): Preview => {
    const { audience: _audience, ...content } = version.content;
    const leaflet = { ...content, id: version.leaflet, version: version.version, approvedMs: version.changedMs };
    return { type: 'red-sail-preview', leaflet, language, largeText, highContrast };
  }, [version, language, largeText, highContrast]);
  const tell = useCallback(() => {
    frame.current?.contentWindow?.postMessage(message, globalThis.location.origin);
  }, [message]);
  useEffect(() => {
    const onMessage = ({ data, origin, source }: MessageEvent) => {
      if (origin !== globalThis.location.origin || source !== frame.current?.contentWindow) return;
      if (previewReadySchema.safeParse(data).success) tell();
    };
    globalThis.addEventListener('message', onMessage);
    tell();
    return () => globalThis.removeEventListener('message', onMessage);
  }, [tell]);
  return (
    <div className="preview-screen" style={{ width: width * scale, height: height * scale }}>
      <iframe
        ref={frame}
        // It can't open windows, send forms or lead the console elsewhere. It is our own page, whose files want the session's cookie.
        // oxlint-disable-next-line react/iframe-missing-sandbox -- both: nothing of anybody else's runs in it
        sandbox="allow-scripts allow-same-origin"
        title={t('preview.title')}
        src={`${PREVIEW_PATH}${PREVIEW_HASH}`}
        width={width}
        height={height}
        style={{ transform: `scale(${scale})` }}
      />
    </div>
  );
}

/** How a version will look on a kiosk's screen: each shape, large text, high contrast, both languages. */
export function LeafletPreview({ version }: { readonly version: LeafletVersion }) {
  const { t } = useI18n();
  const [isOpen, open] = useState(false);
  const [shape, setShape] = useState<Shape>('portrait');
  const [language, setLanguage] = useState<'zh' | 'en'>('zh');
  const [largeText, setLargeText] = useState(false);
  const [highContrast, setHighContrast] = useState(false);
  return (
    <section className="leaflet-part" aria-labelledby="leaflet-preview">
      <h3 id="leaflet-preview">{t('preview.title')}</h3>
      {isOpen ? (
        <>
          <div className="preview-choices">
            <Segmented<Shape>
              value={shape}
              options={(['portrait', 'landscape', 'small'] as const).map((value) => ({
                value,
                label: t(`preview.${value}`),
              }))}
              onChange={setShape}
            />
            <Segmented<'zh' | 'en'>
              value={language}
              options={[
                { value: 'zh', label: t('language.zh') },
                { value: 'en', label: t('language.en') },
              ]}
              onChange={setLanguage}
            />
            <Checkbox checked={largeText} onChange={({ target }) => setLargeText(target.checked)}>
              {t('preview.large')}
            </Checkbox>
            <Checkbox checked={highContrast} onChange={({ target }) => setHighContrast(target.checked)}>
              {t('preview.contrast')}
            </Checkbox>
            <Button onClick={() => open(false)}>{t('preview.close')}</Button>
          </div>
          <Screen
            key={shape}
            version={version}
            shape={shape}
            language={language}
            largeText={largeText}
            highContrast={highContrast}
          />
        </>
      ) : (
        <Button onClick={() => open(true)}>{t('preview.open')}</Button>
      )}
    </section>
  );
}
