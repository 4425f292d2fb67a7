import type { Container, Pod } from './types/pod.js';

interface Named {
  readonly name?: string;
}

type Loose = Readonly<Record<string, unknown>>;

/** Where kinds of volumes name a secret, but for those that say it in their own way. */
const SECRET_REFERENCES: Readonly<Record<string, string>> = {
  cephfs: 'secretRef',
  cinder: 'secretRef',
  csi: 'nodePublishSecretRef',
  flexVolume: 'secretRef',
  iscsi: 'secretRef',
  rbd: 'secretRef',
  scaleIO: 'secretRef',
  storageos: 'secretRef',
};

/** All containers of a pod, whatever their kind. */
function allContainers({ spec }: Pod): Container[] {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
}

/** The secrets that a pod names: to pull its images, in its containers' environment, in its volumes. */
export function secretNames(pod: Pod): string[] {
  const { imagePullSecrets, volumes } = pod.spec as unknown as { imagePullSecrets?: Named[]; volumes?: Loose[] };
  const names = [...(imagePullSecrets ?? []).map(({ name }) => name)];
  for (const container of allContainers(pod) as unknown as Loose[]) {
    names.push(...environmentNames(container, 'secretRef', 'secretKeyRef'));
  }
  for (const volume of volumes ?? []) names.push(...volumeSecrets(volume));
  return names.filter((name) => name !== undefined && name !== '') as string[];
}

function volumeSecrets(volume: Loose): (string | undefined)[] {
  const { azureFile, secret, projected } = volume as {
    azureFile?: { secretName?: string };
    secret?: { secretName?: string };
    projected?: { sources?: { secret?: Named }[] };
  };
  const referenced = Object.entries(SECRET_REFERENCES).map(([kind, field]) => {
    return ((volume[kind] as Loose | undefined)?.[field] as Named | undefined)?.name;
  });
  const sources = projected?.sources ?? [];
  return [azureFile?.secretName, secret?.secretName, ...sources.map((source) => source.secret?.name), ...referenced];
}

/** The configuration maps that a pod names. */
export function configMapNames(pod: Pod): string[] {
  const names: (string | undefined)[] = [];
  for (const container of allContainers(pod) as unknown as Loose[]) {
    names.push(...environmentNames(container, 'configMapRef', 'configMapKeyRef'));
  }
  const { volumes = [] } = pod.spec as unknown as {
    volumes?: { configMap?: Named; projected?: { sources?: { configMap?: Named }[] } }[];
  };
  for (const { configMap, projected } of volumes) {
    names.push(configMap?.name, ...(projected?.sources ?? []).map((source) => source.configMap?.name));
  }
  return names.filter((name) => name !== undefined && name !== '') as string[];
}

function environmentNames(container: Loose, whole: string, key: string): (string | undefined)[] {
  const { env, envFrom } = container as { env?: { valueFrom?: Loose }[]; envFrom?: Loose[] };
  return [
    ...(envFrom ?? []).map((from) => (from[whole] as Named | undefined)?.name),
    ...(env ?? []).map(({ valueFrom }) => (valueFrom?.[key] as Named | undefined)?.name),
  ];
}
