import { useEffect, useState } from 'react';

/** The time in milliseconds since 1970, anew every `everyMs`, for texts such as "2 minutes ago". */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
