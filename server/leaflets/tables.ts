/** Every version of every leaflet, with what lists filter and sort by. The highest version of a leaflet is its newest. */
interface LeafletVersionsTable {
  leaflet: string;
  version: number;
  /** One of LEAFLET_STATES. */
  state: string;
  /** As shared/content/leaflet.ts has it, JSON. */
  content: string;
  kind: string;
  category: string;
  priority: string;
  /** What it sorts by. */
  title: string;
  /** Small letters: what a search looks into. */
  words: string;
  /** `*`, or `|LD|LF|`, or `|#group|`: who it is for, to be looked into. */
  audience: string;
  /** Account of whoever made this version. */
  author: string;
  changed_ms: number;
  revision: number;
  submitted_ms: number | null;
  approver: string | null;
  approved_ms: number | null;
  remark: string | null;
  /** First release that has it. */
  release: number | null;
  /** When it is over at the last of all stations; null: never. */
  over_ms: number | null;
  /** JSON array of the accounts that saved it: none of them may approve it. */
  writers: string;
}

/** What an uploaded file is, by its content. The bytes are a blob of that hash. */
export interface ContentFilesTable {
  hash: string;
  type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  pages: number | null;
  /** What whoever sent it first called it, cleaned. */
  name: string;
  account: string;
  uploaded_ms: number;
}

interface StationGroupsTable {
  name: string;
  zh: string;
  en: string;
  /** JSON array of codes. */
  stations: string;
}

export interface LeafletTables {
  leaflet_versions: LeafletVersionsTable;
  content_files: ContentFilesTable;
  station_groups: StationGroupsTable;
}
