import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { v7 } from 'uuid';
import { blobHashSchema } from '#shared/contract/blobs.ts';
import { PAGE_POLICY } from '#shared/page-policy.ts';
import { createAudit } from './audit/audit.ts';
import { type BlobStore, createBlobStore } from './blobs/blob-store.ts';
import { addBlobRoutes, addClosedRoutes } from './blobs/routes.ts';
import { createAccounts } from './console/accounts.ts';
import { createDeadSessions } from './console/dead-sessions.ts';
import { startClock } from './clock.ts';
import { addExportRoutes } from './console/export-routes.ts';
import { createLists } from './console/lists.ts';
import { addConsolePage } from './console/page.ts';
import { addConsole } from './console/plugin.ts';
import { createQuarantineList } from './console/quarantine-list.ts';
import { answerFaultsInJson, unreadableAnswer, unreadableRequest } from './http-fault.ts';
import { type DatabaseChoice, openServerDatabase } from './store/database.ts';
import { createEventLog } from './store/event-log.ts';
import { createHttpGate } from './console/http-gate.ts';
import { addFileRoutes } from './leaflets/file-routes.ts';
import { createContentFiles } from './leaflets/files.ts';
import { tidyFiles } from './leaflets/unnamed-files.ts';
import { createIntake } from './leaflets/intake/intake.ts';
import { createLeaflets } from './leaflets/leaflets.ts';
import { createRequestCheck } from './identity/check.ts';
import { createEnrolment } from './identity/enrolment.ts';
import { createGuard } from './identity/guard.ts';
import { addIdentityRoutes } from './identity/routes.ts';
import { openOnlineKeys } from './releases/online-keys.ts';
import { createReleases } from './releases/releases.ts';
import { addReleaseRoutes } from './releases/routes.ts';
import { createSigningKeys } from './releases/signing-keys.ts';
import { createLockOut } from './people/lock-out.ts';
import { createMyAccount } from './people/my-account.ts';
import { createPeople } from './people/people.ts';
import { createSecondFactor } from './people/second-factor.ts';
import { createTerminals } from './store/terminals.ts';
import { addSyncRoutes } from './sync/routes.ts';

export interface ServerOptions {
  readonly database: DatabaseChoice;
  /** Folder of the blobs; no other process may use it. */
  readonly blobDir: string;
  /** Folder of the built console page. */
  readonly pageDir: string;
  /** The server's own keys for releases; made where there is no such file. Only the server may read it. */
  readonly contentKeyFile: string;
  /** Whether browsers may send the session cookie over TLS only. */
  readonly secureCookies: boolean;
  /** 64 hex digits, the same at every station; null: no terminal can be enrolled here. */
  readonly communityKey: string | null;
  readonly logger: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Requests a minute from one address; 6000 where it is left out: twelve terminals behind one router stay far below. */
  readonly mostRequests?: number;
  /** Between two comments on a poke stream, milliseconds; 15 seconds where it is left out. */
  readonly keepAliveMs?: number;
  /** A request that has not come in whole after this is given up, milliseconds; a minute where it is left out. */
  readonly slowestMs?: number;
  /** An admin without a second step can do nothing but set it up; false where it is left out, which a server’s process never does. */
  readonly requireTotp?: boolean;
}

/** Null where the folder can't be used: the ledger goes on without blobs. */
function openBlobStore(folder: string, logger: FastifyBaseLogger): BlobStore | null {
  try {
    return createBlobStore({ folder });
  } catch (error) {
    logger.error({ err: error, folder }, 'blobs can’t be kept here; everything else goes on');
    return null;
  }
}

/** The community server, not yet listening. Throws where its database can't be opened. */
export async function createServer(options: ServerOptions) {
  const { database: choice, blobDir, pageDir, contentKeyFile, secureCookies, communityKey, logger, now } = options;
  const { mostRequests = 6000, keepAliveMs = 15_000, slowestMs = 60_000, requireTotp = false } = options;
  const database = await openServerDatabase(choice);
  const log = createEventLog({ database, now, newId: () => v7() });
  await log.bringUpToDate();
  const terminals = createTerminals(database, now);
  const enrolment = createEnrolment({ database, terminals, now, communityKey });
  const newSecret = () => randomBytes(32).toString('base64url');
  const blobs = openBlobStore(blobDir, logger);
  const lockOut = createLockOut(database, now);
  const secondFactor = createSecondFactor({ database, now, newSecret });
  const accounts = createAccounts({ database, now, newSecret, lockOut, secondFactor, requireTotp });
  const people = createPeople({ database, now, newSecret, lockOut, secondFactor });
  const myAccount = createMyAccount({ database, lockOut, secondFactor });
  const audit = createAudit(database, now);
  const noteDeadSession = createDeadSessions({ accounts, audit, now });
  const may = createHttpGate({ accounts, audit, noteDeadSession });
  const contentFiles = createContentFiles(database, now);
  const leaflets = createLeaflets({ database, now, newId: () => v7() });
  const contentKeys = openOnlineKeys(contentKeyFile);
  const signingKeys = createSigningKeys(database);
  const releases = createReleases({
    database,
    keys: contentKeys,
    now,
    openFile: async (hash) => {
      const known = blobHashSchema.safeParse(hash);
      return known.success && blobs !== null && (await blobs.register(known.data, 'community'));
    },
  });

  const app = fastify({
    loggerInstance: logger,
    forceCloseConnections: true,
    requestTimeout: slowestMs,
    http: { headersTimeout: slowestMs, connectionsCheckingInterval: Math.min(slowestMs, 10_000) },
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler(error, socket) {
      if (!socket.writable) return;
      socket.end(unreadableRequest('code' in error && error.code === 'HPE_HEADER_OVERFLOW'));
    },
    frameworkErrors(_error, _request, reply) {
      reply.hijack();
      reply.raw.writeHead(400, { 'content-type': 'application/json; charset=utf-8' }).end(unreadableAnswer());
    },
  });
  answerFaultsInJson(app);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { ...PAGE_POLICY, 'frame-src': ["'self'"] } },
    hsts: secureCookies,
  });
  await app.register(rateLimit, { max: mostRequests, timeWindow: '1 minute' });
  const check = createRequestCheck({ terminals, now });
  const guard = createGuard(check, now);
  await addIdentityRoutes(app, { check, guard, enrolment, terminals });
  await addSyncRoutes(app, {
    database,
    log,
    terminals,
    guard,
    now,
    keepAliveMs,
    onContent: (poke) => releases.onPoke(poke),
  });
  await addReleaseRoutes(app, { database, releases, guard, now });
  await app.register(async (scope) => {
    guard.protect(scope);
    if (blobs === null) await addClosedRoutes(scope);
    else await addBlobRoutes(scope, { blobs, callerOf: guard.callerOf, now });
  });
  const intake = blobs && createIntake({ folder: join(blobDir, 'intake'), blobs, files: contentFiles });
  await addFileRoutes(app, {
    store: blobs === null || intake === null ? null : { blobs, intake },
    files: contentFiles,
    may,
    audit,
  });
  const lists = createLists(database, now);
  await addExportRoutes(app, { may, lists, audit, people });
  await addConsole(app, {
    accounts,
    people,
    myAccount,
    lists,
    quarantine: createQuarantineList(database),
    log,
    terminals,
    enrolment,
    audit,
    noteDeadSession,
    leaflets,
    releases,
    signingKeys,
    now,
    secureCookies,
  });
  await addConsolePage(app, pageDir);
  const stopClock = startClock(
    [
      // Waves go on with reports; of terminals that fell silent nobody hears, so they are looked at now and then.
      { name: 'waves', everyMs: 5000, atOnce: false, run: () => releases.step() },
      { name: 'renew', everyMs: 600_000, atOnce: true, run: () => releases.renew() },
      {
        name: 'unnamed files',
        everyMs: 86_400_000,
        atOnce: true,
        run: async () => {
          if (blobs !== null && intake !== null) await tidyFiles({ database, intake, blobs, now });
        },
      },
    ],
    logger,
  );

  return {
    app,
    log,
    terminals,
    enrolment,
    accounts,
    blobs,
    leaflets,
    contentFiles,
    contentKeys,
    releases,
    signingKeys,
    database,
    async close(): Promise<void> {
      await stopClock();
      await app.close();
      await database.close();
    },
  };
}

export type Server = Awaited<ReturnType<typeof createServer>>;
