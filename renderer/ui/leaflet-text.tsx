import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const PICTURE = /^picture:([0-9a-f]{64})$/;

/** What an article may be made of. HTML in it is shown to nobody. */
const ALLOWED = [
  'p',
  'h2',
  'h3',
  'strong',
  'em',
  'del',
  'ul',
  'ol',
  'li',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'img',
  'br',
  'hr',
] as const;

interface LeafletTextProps {
  /** CommonMark with GFM's tables (shared/content/leaflet.ts). */
  readonly text: string;
  /** Address of a picture by its SHA-256; null where the leaflet has no such picture. */
  readonly pictureUrl: (hash: string) => string | null;
}

/** An article as everybody reads it: nothing of it leads elsewhere, and nothing of it runs. */
export function LeafletText({ text, pictureUrl }: LeafletTextProps) {
  /** Of addresses only those of the leaflet's own pictures. */
  const onlyPictures = (address: string): string => {
    const hash = PICTURE.exec(address)?.[1];
    return (hash === undefined ? null : pictureUrl(hash)) ?? '';
  };
  return (
    <div className="leaflet-text">
      <Markdown
        remarkPlugins={[remarkGfm]}
        allowedElements={[...ALLOWED]}
        // A picture that is not there would be an empty frame.
        allowElement={({ tagName, properties }) => tagName !== 'img' || properties['src'] !== ''}
        unwrapDisallowed
        skipHtml
        urlTransform={onlyPictures}
      >
        {text}
      </Markdown>
    </div>
  );
}
