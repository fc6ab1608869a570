import {
  CalendarDays,
  HandHelping,
  HeartPulse,
  Leaf,
  type LucideIcon,
  Newspaper,
  ScrollText,
  ShieldCheck,
} from 'lucide-react';
import type { Category, ImageFile, LeafletBody } from '#shared/content/leaflet.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { fileUrl } from './leaflets-context.tsx';

const ICONS: Readonly<Record<Category, readonly [icon: LucideIcon, colour: string]>> = {
  policy: [ScrollText, 'red'],
  services: [HandHelping, 'amber'],
  safety: [ShieldCheck, 'blue'],
  environment: [Leaf, 'green'],
  health: [HeartPulse, 'rose'],
  activities: [CalendarDays, 'violet'],
  other: [Newspaper, 'stone'],
};

export function CategoryIcon({ category }: { readonly category: Category }) {
  const [Icon, colour] = ICONS[category];
  return (
    <span className={`item-icon item-icon--${colour}`} aria-hidden="true">
      <Icon />
    </span>
  );
}

/** The picture by which a leaflet is known; null where it has none. */
function pictureOf(body: LeafletBody): ImageFile | null {
  if (body.kind === 'article') return body.pictures[0] ?? null;
  if (body.kind === 'pictures') return body.pictures[0]?.file ?? null;
  return body.kind === 'video' ? body.poster : null;
}

/** A leaflet's own picture, or that of its category. */
export function LeafletPicture({ leaflet }: { readonly leaflet: ReleasedLeaflet }) {
  const picture = pictureOf(leaflet.body);
  if (picture === null) return <CategoryIcon category={leaflet.category} />;
  return <img className="leaflet-picture" src={fileUrl(picture.hash)} alt="" decoding="async" />;
}

export const hasPicture = ({ body }: ReleasedLeaflet): boolean => pictureOf(body) !== null;
