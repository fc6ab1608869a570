import { CloudOff } from 'lucide-react';

/** Says plainly that the server is away; what is on the page stays. */
export function AwayBanner({ text }: { readonly text: string }) {
  return (
    <div className="away" role="alert">
      <CloudOff aria-hidden size={20} />
      <span>{text}</span>
    </div>
  );
}
