import { alpineFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

export const flannel: ImageRepository = {
  name: 'ghcr.io/flannel-io/flannel',
  has: (tag) => /^v0\.2[4-7]\.\d{1,2}$/.test(tag),
  sizeBytes: () => 32_300_000,
  config: () => ({ entrypoint: ['/opt/bin/flanneld'], environment: [PATH] }),
  files: () => FILES,
};

const FILES = [...alpineFiles('3.22.2'), { path: '/opt/bin/flanneld', program: 'flanneld', mode: 0o755 }];
