import type { ContainerImage, ImageRefusal, ImageRegistry, RegistryCredentials } from '../api/container-image.js';
import { isPlausibleTag } from './hosts/plausible.js';
import { PRIVATE_HOSTS, type PrivateHost, PUBLIC_HOSTS, type RegistryHost } from './hosts/registry-hosts.js';
import { type ImageRepository, imageOf } from './image.js';
import { REPOSITORIES } from './repositories/register.js';
import { unknownRepository } from './unknown/repository.js';

type Found = ContainerImage | { readonly refused: ImageRefusal };

/**
 * What the registries of the world hold: all repositories of this room; names that nobody knows but that may well
 * exist, whose images answer plainly; refusals for everything else. `privateHosts` want a name and a password.
 */
export function createRegistry(privateHosts: readonly PrivateHost[] = PRIVATE_HOSTS): ImageRegistry {
  const hosts = new Map(PUBLIC_HOSTS.map((host) => [host.name, host]));
  const secured = new Map(privateHosts.map((host) => [host.name, host]));
  const byDigest = new Map<string, ContainerImage>();
  const pulled = (repository: ImageRepository, tagOrDigest: string): Found => {
    const before = byDigest.get(`${repository.name}@${tagOrDigest}`);
    if (before) return before;
    if (tagOrDigest.includes(':') || !repository.has(tagOrDigest)) return { refused: 'not-found' };
    const image = imageOf(repository, tagOrDigest);
    byDigest.set(`${repository.name}@${image.digest}`, image);
    return image;
  };
  return {
    find(name, tagOrDigest, credentials) {
      const slash = name.indexOf('/');
      const [hostName, path] = [name.slice(0, slash), name.slice(slash + 1)];
      const host = hosts.get(hostName);
      if (host) {
        const refused = host.authorizes && credentials ? 'unknown-credentials' : undefined;
        const repository = repositoryOf(host, name, path);
        if (refused !== undefined) return { refused };
        return repository ? pulled(repository, tagOrDigest) : { refused: host.absent };
      }
      const door = secured.get(hostName);
      if (!door) return { refused: isHere(hostName) ? 'no-listener' : 'no-host' };
      const refused = refusedAt(door, credentials);
      return refused === undefined ? pulled(mirrored(name, path), tagOrDigest) : { refused };
    },
  };
}

/** An address, or the machine itself: no name has to be looked up, and nobody serves images there. */
function isHere(host: string): boolean {
  return /^(?:localhost|\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.test(host);
}

const BY_NAME = new Map(REPOSITORIES.map((repository) => [repository.name, repository]));

function repositoryOf(host: RegistryHost, name: string, path: string): ImageRepository | undefined {
  const known = BY_NAME.get(name) ?? officialCopy(host, name, path);
  if (known) return known;
  const start = `${host.name}/`;
  const others = REPOSITORIES.filter((one) => one.name.startsWith(start)).map((one) => one.name.slice(start.length));
  return host.mayHold(path, others) ? unknownRepository(name, isPlausibleTag) : undefined;
}

function officialCopy({ officialCopies = [] }: RegistryHost, name: string, path: string): ImageRepository | undefined {
  const folder = officialCopies.find((start) => path.startsWith(start));
  const original = folder === undefined ? undefined : BY_NAME.get(`docker.io/library/${path.slice(folder.length)}`);
  return original && { ...original, name };
}

/** A private registry's copy of an image of the world: the known one with the same last name, or one that nobody knows. */
function mirrored(name: string, path: string): ImageRepository {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const original = REPOSITORIES.find((repository) => repository.name.endsWith(`/${last}`));
  return original ? { ...original, name } : unknownRepository(name, isPlausibleTag);
}

function refusedAt({ accounts }: PrivateHost, credentials: RegistryCredentials | undefined): ImageRefusal | undefined {
  if (!credentials) return 'no-credentials';
  const known = accounts.some(
    ({ username, password }) => username === credentials.username && password === credentials.password,
  );
  return known ? undefined : 'unauthorized';
}
