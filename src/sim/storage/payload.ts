import type { ConfigMap, Secret } from '../api/types/config.js';
import type { KeyToPath } from '../api/types/volume.js';
import { VolumeError } from './sources.js';

/** One file of a volume made from objects: its path below the volume, its bytes and its mode. */
export interface PayloadFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Whose it is to be, where that is not root. */
  readonly owner?: number;
}

/** The files of a ConfigMap (kubelet configmap.MakePayload). Throws `VolumeError`. */
export function configMapPayload(
  map: ConfigMap,
  items: readonly KeyToPath[] | undefined,
  defaultMode: number,
  optional: boolean,
): PayloadFile[] {
  const data = new Map<string, Uint8Array>();
  for (const [key, text] of Object.entries(map.data ?? {})) data.set(key, Buffer.from(text, 'utf8'));
  for (const [key, text] of Object.entries(map.binaryData ?? {})) data.set(key, Buffer.from(text, 'base64'));
  return pick(data, items, defaultMode, optional, 'configmap');
}

/** The files of a Secret. Throws `VolumeError`. */
export function secretPayload(
  secret: Secret,
  items: readonly KeyToPath[] | undefined,
  defaultMode: number,
  optional: boolean,
): PayloadFile[] {
  const data = new Map<string, Uint8Array>();
  for (const [key, text] of Object.entries(secret.data ?? {})) data.set(key, Buffer.from(text, 'base64'));
  return pick(data, items, defaultMode, optional, 'secret');
}

function pick(
  data: ReadonlyMap<string, Uint8Array>,
  items: readonly KeyToPath[] | undefined,
  defaultMode: number,
  optional: boolean,
  what: 'configmap' | 'secret',
): PayloadFile[] {
  if (!items?.length) return [...data].map(([path, bytes]) => ({ path, bytes, mode: defaultMode }));
  const files: PayloadFile[] = [];
  for (const { key, path, mode } of items) {
    const bytes = data.get(key);
    if (bytes) files.push({ path, bytes, mode: mode ?? defaultMode });
    else if (!optional) {
      throw new VolumeError(
        what === 'configmap'
          ? `configmap references non-existent config key: ${key}`
          : `references non-existent secret key: ${key}`,
      );
    }
  }
  return files;
}
