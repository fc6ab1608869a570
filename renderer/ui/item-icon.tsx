import {
  Accessibility,
  Armchair,
  BatteryCharging,
  BookOpen,
  BriefcaseMedical,
  CircleGauge,
  CloudRain,
  Coffee,
  Dumbbell,
  Flashlight,
  Glasses,
  Hammer,
  HandHelping,
  HeartPulse,
  type LucideIcon,
  Package,
  Plug,
  Scissors,
  ShoppingCart,
  Thermometer,
  Umbrella,
  Volleyball,
  Wrench,
} from 'lucide-react';

/** The icons an item type may name (`icon` in shared/lending/item-type.ts), each with the tint of its tile. */
const ICONS: Readonly<Record<string, { readonly icon: LucideIcon; readonly tint: string }>> = {
  umbrella: { icon: Umbrella, tint: 'amber' },
  raincoat: { icon: CloudRain, tint: 'blue' },
  'power-bank': { icon: BatteryCharging, tint: 'green' },
  cable: { icon: Plug, tint: 'green' },
  'tyre-pump': { icon: CircleGauge, tint: 'violet' },
  pump: { icon: CircleGauge, tint: 'violet' },
  book: { icon: BookOpen, tint: 'red' },
  'sewing-kit': { icon: Scissors, tint: 'rose' },
  scissors: { icon: Scissors, tint: 'rose' },
  'first-aid': { icon: BriefcaseMedical, tint: 'red' },
  'first-aid-kit': { icon: BriefcaseMedical, tint: 'red' },
  'blood-pressure': { icon: HeartPulse, tint: 'rose' },
  thermometer: { icon: Thermometer, tint: 'rose' },
  wheelchair: { icon: Accessibility, tint: 'blue' },
  crutch: { icon: HandHelping, tint: 'blue' },
  glasses: { icon: Glasses, tint: 'stone' },
  toolbox: { icon: Wrench, tint: 'stone' },
  tools: { icon: Wrench, tint: 'stone' },
  hammer: { icon: Hammer, tint: 'stone' },
  flashlight: { icon: Flashlight, tint: 'amber' },
  torch: { icon: Flashlight, tint: 'amber' },
  cart: { icon: ShoppingCart, tint: 'violet' },
  trolley: { icon: ShoppingCart, tint: 'violet' },
  chair: { icon: Armchair, tint: 'stone' },
  ball: { icon: Volleyball, tint: 'amber' },
  sport: { icon: Dumbbell, tint: 'violet' },
  tea: { icon: Coffee, tint: 'amber' },
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
