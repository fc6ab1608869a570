import {
  Accessibility,
  BatteryCharging,
  BookOpen,
  ChessKnight,
  CircleGauge,
  CloudRain,
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

/** The icons an item type may name (`icon` in shared/lending/item-type.ts), each with the tint of its tile. */
const ICONS: Readonly<Record<string, { readonly icon: LucideIcon; readonly tint: string }>> = {
  umbrella: { icon: Umbrella, tint: 'amber' },
  raincoat: { icon: CloudRain, tint: 'blue' },
  'power-bank': { icon: BatteryCharging, tint: 'green' },
  book: { icon: BookOpen, tint: 'red' },
  pump: { icon: CircleGauge, tint: 'violet' },
  cart: { icon: ShoppingCart, tint: 'violet' },
  sewing: { icon: Spool, tint: 'rose' },
  glasses: { icon: Glasses, tint: 'blue' },
  chess: { icon: ChessKnight, tint: 'amber' },
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
