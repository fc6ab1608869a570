/** Who may come in: pages that the shell itself opened. All secrets are 256 random bits, base64url. */
export interface PageDoorDeps {
  readonly newSecret: () => string;
}

/**
 * A link lets in one page, once; that page then shows a cookie, so that it can be loaded again after a crash. Links
 * and cookies live as long as the process.
 */
export function createPageDoor({ newSecret }: PageDoorDeps) {
  const unusedLinks = new Set<string>();
  const cookies = new Set<string>();

  return {
    newLinkToken(): string {
      const token = newSecret();
      unusedLinks.add(token);
      return token;
    },

    /** The cookie for a page that came by a link, or null if the link is unknown or used. */
    enter(token: string): string | null {
      if (!unusedLinks.delete(token)) return null;
      const cookie = newSecret();
      cookies.add(cookie);
      return cookie;
    },

    isInside(cookie: string | undefined): boolean {
      return cookie !== undefined && cookies.has(cookie);
    },
  };
}
