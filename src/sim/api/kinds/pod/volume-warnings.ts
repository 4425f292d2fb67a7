/** What the server warns of in a pod's volumes: sources of old, and files that would hide each other. */
import { goQuote } from '../../go-text.js';
import type { Volume, VolumeProjection } from '../../types/volume.js';

/** A file in a volume, and where it comes from when there are several sources. */
interface VolumeFile {
  readonly path: string;
  readonly source: string | (() => string);
}

const OLD_SOURCES = Object.entries({
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
});

/** Warnings about volumes; `path` is the place of their list. */
export function volumeWarnings(path: string, volumes: readonly Volume[]): string[] {
  const old = volumes.flatMap((volume, index) =>
    OLD_SOURCES.filter(([source]) => volume[source]).map(([source, words]) => {
      const name = source === 'storageos' ? 'storageOS' : source;
      return `${path}[${index}].${name}: ${words}`;
    }),
  );
  return [...old, ...volumes.flatMap(overlapWarnings)];
}

function overlapWarnings(volume: Volume): string[] {
  const { name, configMap, secret, downwardAPI, projected } = volume;
  const warn = (kind: () => string, items: readonly { path: string }[] = []) =>
    overlaps(items.map(({ path }) => ({ path, source: '' }))).map((words) => overlapWords(name, kind(), words));
  return [
    ...warn(() => `ConfigMap ${goQuote(configMap?.name ?? '')}`, configMap?.items),
    ...warn(() => `Secret ${goQuote(secret?.secretName ?? '')}`, secret?.items),
    ...warn(() => 'DownwardAPI', downwardAPI?.items),
    ...(projected ? projectedWarnings(name, projected.sources ?? []) : []),
  ];
}

function projectedWarnings(name: string, sources: readonly VolumeProjection[]): string[] {
  const empty = sources.filter((source) => Object.values(source).every((value) => value == null));
  return [
    ...empty.map(() => `volume ${goQuote(name)} (Projected) has no sources provided`),
    ...overlaps(sources.flatMap(projectedFiles)).map((words) => overlapWords(name, 'Projected', words)),
  ];
}

function projectedFiles(source: VolumeProjection): VolumeFile[] {
  const { configMap, secret, downwardAPI, serviceAccountToken: token, clusterTrustBundle: bundle } = source;
  const all = (items: readonly { path: string }[], from: VolumeFile['source']) =>
    items.map(({ path }) => ({ path, source: from }));
  if (configMap?.items) return all(configMap.items, () => `ConfigMap ${goQuote(configMap.name ?? '')}`);
  if (secret?.items) return all(secret.items, () => `Secret ${goQuote(secret.name ?? '')}`);
  if (downwardAPI?.items) return all(downwardAPI.items, 'DownwardAPI');
  if (token) return [{ path: token.path, source: 'ServiceAccountToken' }];
  if (bundle) {
    return [
      { path: bundle.path, source: () => `ClusterTrustBundle ${goQuote(bundle.name ?? bundle.signerName ?? '')}` },
    ];
  }
  return [];
}

function overlapWords(name: string, kind: string, words: string): string {
  return `volume ${goQuote(name)} (${kind}): overlapping paths: ${words}`;
}

/** Each file that is, or lies below or above, one named before it. */
function overlaps(files: readonly VolumeFile[]): string[] {
  if (files.length < 2) return [];
  const seen: VolumeFile[] = [];
  return files.flatMap(({ path, source }) => {
    const file = { path: path.replace(/\/+$/, ''), source };
    const same = seen.filter((other) => areOverlapping(file, other));
    seen.push(file);
    return same.map((other) => `${fileText(file)} with ${fileText(other)}`);
  });
}

function areOverlapping(a: VolumeFile, b: VolumeFile): boolean {
  if (a.path === '' || b.path === '') return false;
  return `${a.path}/`.startsWith(`${b.path}/`) || `${b.path}/`.startsWith(`${a.path}/`);
}

function fileText({ path, source }: VolumeFile): string {
  const from = typeof source === 'string' ? source : source();
  return from === '' ? goQuote(path) : `${goQuote(path)} (${from})`;
}
