import type { Kysely, RawBuilder } from 'kysely';

/** TUF metadata by the name of their file: `3.targets.json`, `timestamp.json`. */
interface ContentMetadataTable {
  name: string;
  /** The text of the file. */
  json: string;
}

/** TUF targets by the name of their file: `releases/3/SHA256.LD.json`. */
interface ContentTargetsTable {
  file: string;
  /** The station that may read it. */
  station: string;
  json: string;
}

/** What somebody could sign: kept until something is published. */
interface ReleaseDraftsTable {
  /** SHA-256, hex, of `to_sign`. */
  hash: string;
  release: number;
  to_sign: string;
  /** JSON, a manifest's text by station. */
  manifests: string;
  /** JSON, ReleasedTitle[]. */
  leaflets: string;
  made_ms: number;
}

interface ReleasesTable {
  release: number;
  approver: string;
  published_ms: number;
  /** SHA-256, hex, of the signed targets metadata. */
  hash: string;
  /** rolling, everywhere, replaced, stopped, rolled-back. */
  state: string;
  /** JSON, Wave[] of shared/content/waves.ts. */
  waves: string;
  /** JSON, WaveFault, or null. */
  fault: string | null;
  /** JSON, ReleasedTitle[]. */
  leaflets: string;
  /** JSON: which release a station showed before, by station. */
  before: string;
}

/** Which release a station is to show. */
interface StationChannelsTable {
  station: string;
  release: number | null;
}

/** What a terminal last signed. */
interface ContentReportsTable {
  terminal: string;
  station: string;
  seq: number;
  at_ms: number;
  received_ms: number;
  /** Since when it has reported without a break. */
  online_since_ms: number;
  /** JSON, contract/content.ts, without readings and receipts. */
  report: string;
}

interface ContentReadingsTable {
  terminal: string;
  station: string;
  day: string;
  leaflet: string;
  version: number;
  shown: number;
  opened: number;
  seconds: number;
}

interface ContentReceiptsTable {
  terminal: string;
  station: string;
  leaflet: string;
  version: number;
  at_ms: number;
}

/** Approvers' keys; the private half only under their passphrase. */
interface SigningKeysTable {
  account: string;
  keyid: string;
  public_key: string;
  /** JSON, `wrapped` of contract/releases.ts. */
  wrapped: string;
}

export interface ReleaseTables {
  content_metadata: ContentMetadataTable;
  content_targets: ContentTargetsTable;
  release_drafts: ReleaseDraftsTable;
  releases: ReleasesTable;
  station_channels: StationChannelsTable;
  content_reports: ContentReportsTable;
  content_readings: ContentReadingsTable;
  content_receipts: ContentReceiptsTable;
  signing_keys: SigningKeysTable;
}

interface ColumnTypes {
  readonly text: RawBuilder<unknown>;
  readonly whole: RawBuilder<unknown>;
}

/** Columns of a table: `text`, `whole`, or either with a `?` where it may be null. The first ones are its key. */
type Columns = Readonly<Record<string, 'text' | 'whole' | 'text?' | 'whole?'>>;

const TABLES: Readonly<Record<keyof ReleaseTables, { readonly key: readonly string[]; readonly columns: Columns }>> = {
  content_metadata: { key: ['name'], columns: { name: 'text', json: 'text' } },
  content_targets: { key: ['file'], columns: { file: 'text', station: 'text', json: 'text' } },
  release_drafts: {
    key: ['hash'],
    columns: {
      hash: 'text',
      release: 'whole',
      to_sign: 'text',
      manifests: 'text',
      leaflets: 'text',
      made_ms: 'whole',
    },
  },
  releases: {
    key: ['release'],
    columns: {
      release: 'whole',
      approver: 'text',
      published_ms: 'whole',
      hash: 'text',
      state: 'text',
      waves: 'text',
      fault: 'text?',
      leaflets: 'text',
      before: 'text',
    },
  },
  station_channels: { key: ['station'], columns: { station: 'text', release: 'whole?' } },
  content_reports: {
    key: ['terminal'],
    columns: {
      terminal: 'text',
      station: 'text',
      seq: 'whole',
      at_ms: 'whole',
      received_ms: 'whole',
      online_since_ms: 'whole',
      report: 'text',
    },
  },
  content_readings: {
    key: ['terminal', 'day', 'leaflet', 'version'],
    columns: {
      terminal: 'text',
      station: 'text',
      day: 'text',
      leaflet: 'text',
      version: 'whole',
      shown: 'whole',
      opened: 'whole',
      seconds: 'whole',
    },
  },
  content_receipts: {
    key: ['terminal', 'leaflet', 'version'],
    columns: { terminal: 'text', station: 'text', leaflet: 'text', version: 'whole', at_ms: 'whole' },
  },
  signing_keys: {
    key: ['account'],
    columns: { account: 'text', keyid: 'text', public_key: 'text', wrapped: 'text' },
  },
};

/** The migration that makes the tables. */
export const makeReleaseTables =
  (types: ColumnTypes) =>
  async (db: Kysely<unknown>): Promise<void> => {
    for (const [table, { key, columns }] of Object.entries(TABLES)) {
      let made = db.schema.createTable(table);
      for (const [name, type] of Object.entries(columns)) {
        const isOptional = type.endsWith('?');
        made = made.addColumn(name, type.startsWith('text') ? types.text : types.whole, (column) =>
          isOptional ? column : column.notNull(),
        );
      }
      // The names are those of the columns above.
      await made.addPrimaryKeyConstraint(`${table}_key`, key as never[]).execute();
    }
    await db.schema.createIndex('content_readings_by_leaflet').on('content_readings').column('leaflet').execute();
  };
