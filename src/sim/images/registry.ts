import type { ContainerImage, ImageRegistry } from '../api/container-image.js';
import { imageOf } from './image.js';
import { REPOSITORIES } from './repositories/register.js';

/** Hosts that answer. */
const HOSTS = new Set(['docker.io', 'registry.k8s.io', 'quay.io', 'gcr.io', 'ghcr.io', 'mcr.microsoft.com']);

/** What the registries of the world hold: all repositories of this room, and refusals for everything else. */
export function createRegistry(): ImageRegistry {
  const byName = new Map(REPOSITORIES.map((repository) => [repository.name, repository]));
  const byDigest = new Map<string, ContainerImage>();
  return {
    find(name, tagOrDigest) {
      const repository = byName.get(name);
      if (!repository) return { refused: HOSTS.has(name.slice(0, name.indexOf('/'))) ? 'denied' : 'no-host' };
      const pulled = byDigest.get(`${name}@${tagOrDigest}`);
      if (pulled) return pulled;
      if (!repository.has(tagOrDigest)) return { refused: 'not-found' };
      const image = imageOf(repository, tagOrDigest);
      byDigest.set(`${name}@${image.digest}`, image);
      return image;
    },
  };
}
