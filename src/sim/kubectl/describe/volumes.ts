import { isJsonObject, type JsonObject, type ObjectMeta } from '../../api/object.js';
import type { Volume } from '../../api/types/volume.js';
import type { DescribeWriter } from './writer.js';

type Lines = readonly (readonly [title: string, value: unknown])[];

const yes = (value: unknown): boolean => value === true;

/** What each kind of volume says of itself: its type's words and its fields. */
const SOURCES: Readonly<Record<string, (source: JsonObject) => { type: string; lines: Lines }>> = {
  hostPath: (s) => ({
    type: 'HostPath (bare host directory volume)',
    lines: [
      ['Path', s['path']],
      ['HostPathType', s['type'] ?? '<none>'],
    ],
  }),
  emptyDir: (s) => ({
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    lines: [
      ['Medium', s['medium'] ?? ''],
      ['SizeLimit', s['sizeLimit'] ?? '<unset>'],
    ],
  }),
  secret: (s) => ({
    type: 'Secret (a volume populated by a Secret)',
    lines: [
      ['SecretName', s['secretName']],
      ['Optional', yes(s['optional'])],
    ],
  }),
  configMap: (s) => ({
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    lines: [
      ['Name', s['name']],
      ['Optional', yes(s['optional'])],
    ],
  }),
  persistentVolumeClaim: (s) => ({
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    lines: [
      ['ClaimName', s['claimName']],
      ['ReadOnly', yes(s['readOnly'])],
    ],
  }),
  image: (s) => ({
    type: 'Image (a container image or OCI artifact)',
    lines: [
      ['Reference', s['reference']],
      ['PullPolicy', s['pullPolicy'] ?? ''],
    ],
  }),
  nfs: (s) => ({
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    lines: [
      ['Server', s['server']],
      ['Path', s['path']],
      ['ReadOnly', yes(s['readOnly'])],
    ],
  }),
};

/** The volumes of a pod or a template. */
export function describeVolumes(w: DescribeWriter, volumes: readonly Volume[] | undefined, space: string): void {
  if (!volumes || volumes.length === 0) return w.write(0, `${space}Volumes:\t<none>\n`);
  w.write(0, `${space}Volumes:\n`);
  for (const volume of volumes) {
    w.write(1, `${space === '' ? '' : ' '}${volume.name}:\n`);
    describeSource(w, volume as unknown as JsonObject);
  }
}

/** What a volume is made of. */
export function describeSource(w: DescribeWriter, volume: JsonObject): void {
  for (const [name, describe] of Object.entries(SOURCES)) {
    const source = volume[name];
    if (!isJsonObject(source)) continue;
    const { type, lines } = describe(source);
    w.field('Type', type, 2);
    for (const [title, value] of lines) w.field(title, value, 2);
    return;
  }
  if (isJsonObject(volume['ephemeral'])) return describeEphemeral(w, volume['ephemeral']);
  if (isJsonObject(volume['projected'])) return describeProjected(w, volume['projected']);
  if (isJsonObject(volume['downwardAPI'])) return describeDownward(w, volume['downwardAPI']);
  w.write(1, '<unknown>\n');
}

/** The claim that is made for the pod, as its template has it. */
function describeEphemeral(w: DescribeWriter, { volumeClaimTemplate }: JsonObject): void {
  const type = 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)';
  w.field('Type', type, 2);
  if (!isJsonObject(volumeClaimTemplate)) return;
  const { metadata, spec } = volumeClaimTemplate as { metadata?: ObjectMeta; spec?: JsonObject };
  w.field('StorageClass', spec?.['storageClassName'] ?? '', 2);
  w.field('Volume', spec?.['volumeName'] ?? '', 2);
  w.labels('    Labels', metadata?.labels);
  w.annotations('    Annotations', metadata?.annotations);
  w.field('Capacity', '', 2);
  w.field('Access Modes', '', 2);
  if (spec?.['volumeMode'] !== undefined) w.field('VolumeMode', spec['volumeMode'], 2);
}

function describeProjected(w: DescribeWriter, projected: JsonObject): void {
  w.field('Type', 'Projected (a volume that contains injected data from multiple sources)', 2);
  for (const source of (projected['sources'] ?? []) as JsonObject[]) {
    const { secret, downwardAPI, configMap, serviceAccountToken } = source as Record<string, JsonObject | undefined>;
    if (secret) {
      w.field('SecretName', secret['name'], 2);
      w.field('Optional', yes(secret['optional']), 2);
    } else if (downwardAPI) w.field('DownwardAPI', true, 2);
    else if (configMap) {
      w.field('ConfigMapName', configMap['name'], 2);
      w.field('Optional', yes(configMap['optional']), 2);
    } else if (serviceAccountToken) w.field('TokenExpirationSeconds', serviceAccountToken['expirationSeconds'], 2);
  }
}

function describeDownward(w: DescribeWriter, { items }: JsonObject): void {
  w.write(2, 'Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:\n');
  for (const item of (items ?? []) as {
    path: string;
    fieldRef?: { fieldPath: string };
    resourceFieldRef?: { resource: string };
  }[]) {
    const from = item.fieldRef?.fieldPath ?? item.resourceFieldRef?.resource ?? '';
    w.write(3, `${from} -> ${item.path}\n`);
  }
}
