import { busyboxFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';

export const busybox: ImageRepository = {
  name: 'docker.io/library/busybox',
  has: versionTags({
    major: 1,
    minors: [24, 37],
    names: ['stable', 'unstable'],
    suffixes: ['glibc', 'musl', 'uclibc'],
  }),
  canonical: (tag) => (['latest', 'stable', '1', '1.37', 'glibc'].includes(tag) ? '1.37.0' : tag),
  sizeBytes: () => 2_223_685,
  config: () => ({ command: ['sh'], environment: [PATH] }),
  files: () => FILES,
};

const FILES = [...busyboxFiles(), { path: '/lib64', directory: true as const }];
