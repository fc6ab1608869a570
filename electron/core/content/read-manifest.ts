import { z } from 'zod';
import { filesOf, type LeafletFile } from '#shared/content/leaflet.ts';
import { manifestSchema, type ReleasedLeaflet, releasedLeafletSchema } from '#shared/content/release.ts';
import type { RefusalOfRelease } from '#shared/contract/content.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** A manifest, read. */
export interface ReadSet {
  readonly leaflets: ReleasedLeaflet[];
  /** Each once. */
  readonly files: readonly LeafletFile[];
}

export interface ManifestFault {
  readonly why: RefusalOfRelease;
  readonly detail: string;
}

const frameSchema = manifestSchema.extend({ leaflets: z.array(z.unknown()).max(20_000) });

/** Leaflets that are parsed without a pause: a few milliseconds. */
const SLICE = 20;

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const malformed = (detail: string) => err<ManifestFault>({ why: 'malformed', detail: detail.slice(0, 300) });

/**
 * Reads a station's manifest. What was signed is checked all the same: an approver's console may have been wrong, or someone
 * else's. In slices, between which `pause` lets others go first.
 */
export async function readManifest(
  json: string,
  { release, station }: { readonly release: number; readonly station: string },
  pause: () => Promise<void>,
): Promise<Result<ReadSet, ManifestFault>> {
  const frame = frameSchema.safeParse(parseJson(json));
  if (!frame.success) return malformed(z.prettifyError(frame.error));
  if (frame.data.station !== station) return err({ why: 'wrong-station', detail: `that of ${frame.data.station}` });
  if (frame.data.release !== release) return malformed(`release ${frame.data.release} in the place of ${release}`);

  const leaflets: ReleasedLeaflet[] = [];
  const ids = new Set<string>();
  const files = new Map<string, LeafletFile>();
  for (const [index, each] of frame.data.leaflets.entries()) {
    if (index % SLICE === SLICE - 1) await pause();
    const leaflet = releasedLeafletSchema.safeParse(each);
    if (!leaflet.success) return malformed(`leaflet ${index}: ${z.prettifyError(leaflet.error)}`);
    if (ids.has(leaflet.data.id)) return malformed(`leaflet ${leaflet.data.id} is in it twice`);
    ids.add(leaflet.data.id);
    leaflets.push(leaflet.data);
    for (const file of filesOf(leaflet.data.body)) {
      const same = files.get(file.hash) ?? file;
      if (same.bytes !== file.bytes || same.type !== file.type) return malformed(`file ${file.hash} is two things`);
      files.set(file.hash, file);
    }
  }
  return ok({ leaflets, files: [...files.values()] });
}
