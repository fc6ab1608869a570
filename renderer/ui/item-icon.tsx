import {
  Accessibility,
  BatteryCharging,
  BookOpen,
  CloudRain,
  createLucideIcon,
  Flashlight,
  Glasses,
  type LucideIcon,
  Package,
  ShoppingCart,
  Spool,
  Thermometer,
  Toolbox,
  Umbrella,
} from 'lucide-react';

/** A piece of Chinese chess: lucide has those of Western chess only. On it an advisor, 士. */
const ChessPiece = createLucideIcon('ChessPiece', [
  ['circle', { cx: '12', cy: '12', r: '10', key: 'rim' }],
  ['path', { d: 'M7.5 10.5h9', key: 'long' }],
  ['path', { d: 'M12 6.5v10', key: 'upright' }],
  ['path', { d: 'M9 16.5h6', key: 'short' }],
]);

/** A floor pump: handle, rod, cylinder, foot and hose. */
const FloorPump = createLucideIcon('FloorPump', [
  ['path', { d: 'M6 3h8', key: 'handle' }],
  ['path', { d: 'M10 3v6', key: 'rod' }],
  ['rect', { x: '7.5', y: '9', width: '5', height: '12', rx: '1', key: 'cylinder' }],
  ['path', { d: 'M4.5 21h11', key: 'foot' }],
  ['path', { d: 'M12.5 17h2.5a3 3 0 0 0 3-3V9', key: 'hose' }],
  ['path', { d: 'M16.5 6h3v3h-3z', key: 'valve' }],
]);

/** The icons an item type may name (`icon` in shared/lending/item-type.ts), each with the tint of its tile. */
const ICONS: Readonly<Record<string, { readonly icon: LucideIcon; readonly tint: string }>> = {
  umbrella: { icon: Umbrella, tint: 'amber' },
  raincoat: { icon: CloudRain, tint: 'blue' },
  'power-bank': { icon: BatteryCharging, tint: 'green' },
  book: { icon: BookOpen, tint: 'red' },
  pump: { icon: FloorPump, tint: 'violet' },
  cart: { icon: ShoppingCart, tint: 'violet' },
  sewing: { icon: Spool, tint: 'rose' },
  glasses: { icon: Glasses, tint: 'blue' },
  chess: { icon: ChessPiece, tint: 'amber' },
  wheelchair: { icon: Accessibility, tint: 'blue' },
  tool: { icon: Toolbox, tint: 'red' },
  lamp: { icon: Flashlight, tint: 'amber' },
  thermometer: { icon: Thermometer, tint: 'rose' },
};
const OTHER = { icon: Package, tint: 'stone' };

export interface ItemIconProps {
  /** As the item type names it; an unknown name is drawn as a parcel. */
  readonly icon: string;
}

/** A tinted tile with the picture of an item type. The type's name stands beside it. */
export function ItemIcon({ icon }: ItemIconProps) {
  const { icon: Picture, tint } = ICONS[icon] ?? OTHER;
  return (
    <span className={`item-icon item-icon--${tint}`} aria-hidden="true">
      <Picture />
    </span>
  );
}
