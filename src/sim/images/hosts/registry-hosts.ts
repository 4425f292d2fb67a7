import type { ImageRefusal, RegistryCredentials } from '../../api/container-image.js';
import { KUBERNETES_NAMES } from './official-names.js';
import { isPlausibleHubPath, isPlausiblePath } from './plausible.js';

/** A host that serves images: what it says to those whom it does not know, and which paths it may hold that nobody knows. */
export interface RegistryHost {
  readonly name: string;
  /** What it says for a path that it does not have. */
  readonly absent: ImageRefusal;
  /** Whether it looks at who asks. */
  readonly authorizes: boolean;
  /** Folders in which it has copies of Docker Hub's official images. */
  readonly officialCopies?: readonly string[];
  mayHold(path: string, known: readonly string[]): boolean;
}

const open = (name: string, absent: ImageRefusal, authorizes = true): RegistryHost => ({
  name,
  absent,
  authorizes,
  mayHold: isPlausiblePath,
});

/** The public registries, by host name. */
export const PUBLIC_HOSTS: readonly RegistryHost[] = [
  { ...open('docker.io', 'denied'), mayHold: isPlausibleHubPath },
  // Where Kubernetes' own images were kept long ago, and some of Docker Hub's.
  { ...open('gcr.io', 'not-found'), officialCopies: ['google-containers/', 'google_containers/'] },
  open('ghcr.io', 'no-anonymous-token'),
  open('mcr.microsoft.com', 'not-found', false),
  { ...open('mirror.gcr.io', 'not-found'), officialCopies: ['library/'] },
  { ...open('public.ecr.aws', 'not-found'), officialCopies: ['docker/library/'] },
  open('quay.io', 'unauthorized'),
  {
    ...open('registry.k8s.io', 'not-found', false),
    mayHold: (path, known) => KUBERNETES_NAMES.has(path.split('/')[0] ?? '') && isPlausiblePath(path, known),
  },
];

/** A registry that lets nobody in without a name and a password. It has every image that Docker Hub has, by its last name. */
export interface PrivateHost {
  readonly name: string;
  readonly accounts: readonly RegistryCredentials[];
}

/** Private registries of the simulated world, for tasks about pull secrets. */
export const PRIVATE_HOSTS: readonly PrivateHost[] = [
  { name: 'registry.kubedrill.test', accounts: [{ username: 'drill', password: 'kube-drill' }] },
];
