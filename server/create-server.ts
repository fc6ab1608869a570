import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger } from 'fastify';
import { v7 } from 'uuid';
import { createAccounts } from './console/accounts.ts';
import { createLists } from './console/lists.ts';
import { addConsole } from './console/plugin.ts';
import { answerFaultsInJson } from './http-fault.ts';
import { type DatabaseChoice, openServerDatabase } from './store/database.ts';
import { createEventLog } from './store/event-log.ts';
import { createTerminals } from './store/terminals.ts';
import { addSyncRoutes } from './sync/routes.ts';

/** Requests a minute from one address. Twelve terminals behind one gate's router stay far below. */
const MOST_REQUESTS = 3000;

export interface ServerOptions {
  readonly database: DatabaseChoice;
  /** Folder of the built console page. */
  readonly pageDir: string;
  readonly secureCookies: boolean;
  readonly logger: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** antd writes its styles into the page at run time; scripts come from files only. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** The community server, not yet listening. Throws where its database can't be opened. */
export async function createServer({ database: choice, pageDir, secureCookies, logger, now }: ServerOptions) {
  const database = await openServerDatabase(choice);
  const log = createEventLog({ database, now, newId: () => v7() });
  const terminals = createTerminals(database, now);
  const newSecret = () => randomBytes(32).toString('base64url');
  const accounts = createAccounts({ database, now, newSecret });

  const app = fastify({ loggerInstance: logger, forceCloseConnections: true, disableRequestLogging: true });
  answerFaultsInJson(app);
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, hsts: secureCookies });
  await app.register(rateLimit, { max: MOST_REQUESTS, timeWindow: '1 minute' });
  addSyncRoutes(app, { database, log, terminals, now });
  await addConsole(app, { accounts, lists: createLists(database, now), log, pageDir, secureCookies });

  return {
    app,
    log,
    terminals,
    accounts,
    database,
    async close(): Promise<void> {
      await app.close();
      await database.close();
    },
  };
}

export type Server = Awaited<ReturnType<typeof createServer>>;
