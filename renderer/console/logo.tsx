import sail from './sail.svg';

/** The red sail; the name stands beside it, so it says nothing itself. */
export function Logo({ size }: { readonly size: number }) {
  return <img className="logo" src={sail} width={size} height={size} alt="" />;
}
