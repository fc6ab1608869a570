/**
 * The content security policy (CSP 3) of every page we serve: files of our own only, no inline scripts or styles, no eval,
 * nothing from elsewhere, in nobody's frame. Directive -> sources.
 */
export const PAGE_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'media-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** A policy as the text of its header. */
export function policyHeader(policy: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}

export const pagePolicyHeader = (): string => policyHeader(PAGE_POLICY);
