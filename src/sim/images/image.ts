import { createHash } from 'node:crypto';
import type { ContainerImage, ImageConfig, ImageFile } from '../api/container-image.js';

/** One repository of a registry: which tags it has, and what an image of it holds. */
export interface ImageRepository {
  /** In full: `docker.io/library/nginx`. */
  readonly name: string;
  /** Whether there is an image with this tag. */
  has(tag: string): boolean;
  /** The tag that another one stands for (`latest`), so that both are one image; itself otherwise. */
  canonical?(tag: string): string;
  sizeBytes(tag: string): number;
  config(tag: string): ImageConfig;
  files(tag: string): readonly ImageFile[];
}

/** The PATH of almost every image. */
export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A digest that an image with this content always has. */
function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** The image behind a tag of a repository. */
export function imageOf(repository: ImageRepository, tag: string): ContainerImage {
  const { name } = repository;
  const canonical = repository.canonical?.(tag) ?? tag;
  return {
    repository: name,
    tag,
    digest: digestOf(`manifest ${name}:${canonical}`),
    id: digestOf(`config ${name}:${canonical}`),
    sizeBytes: repository.sizeBytes(canonical),
    config: repository.config(canonical),
    files: () => repository.files(canonical),
  };
}

/** A test of tags: `latest`, and versions like `1.27`, `1.27.3-alpine` whose first numbers lie in a range. */
export function versionTags(options: {
  readonly major: number;
  readonly minors: readonly [first: number, last: number];
  readonly names?: readonly string[];
  readonly suffixes?: readonly string[];
  readonly prefix?: string;
}): (tag: string) => boolean {
  const { major, minors, names = [], suffixes = [], prefix = '' } = options;
  const plain = ['latest', ...names];
  return (tag) => {
    const suffix = suffixes.find((text) => tag.endsWith(`-${text}`));
    const base = suffix === undefined ? tag : tag.slice(0, -suffix.length - 1);
    if (plain.includes(tag) || suffixes.includes(tag)) return true;
    if (suffix !== undefined && plain.includes(base) && base !== 'latest') return true;
    const match = /^(\d+)(?:\.(\d+)(?:\.\d{1,2})?)?$/.exec(base.slice(prefix.length));
    if (!match || !base.startsWith(prefix) || Number(match[1]) !== major) return false;
    const minor = match[2] === undefined ? minors[1] : Number(match[2]);
    return minor >= minors[0] && minor <= minors[1];
  };
}
