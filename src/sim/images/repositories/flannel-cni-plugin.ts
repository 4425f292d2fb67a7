import { alpineFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

/** The plugin that containerd calls, to be copied to where it looks for plugins. */
export const flannelCniPlugin: ImageRepository = {
  name: 'ghcr.io/flannel-io/flannel-cni-plugin',
  has: (tag) => /^v1\.[4-8]\.\d{1,2}-flannel\d$/.test(tag),
  sizeBytes: () => 4_900_000,
  config: () => ({ environment: [PATH] }),
  files: () => FILES,
};

const FILES = [...alpineFiles('3.22.2'), { path: '/flannel', content: '\u007fELF', mode: 0o755 }];
