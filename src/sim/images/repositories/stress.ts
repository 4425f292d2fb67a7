import { alpineFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

/** The image that Kubernetes' own pages use to show what limits of memory do. */
export const stress: ImageRepository = {
  name: 'docker.io/polinux/stress',
  has: (tag) => tag === 'latest' || tag === '1.0.4',
  canonical: () => '1.0.4',
  sizeBytes: () => 4_041_495,
  config: () => ({ command: ['stress', '--verbose'], environment: [PATH] }),
  files: () => FILES,
};

const FILES = [...alpineFiles('3.9.4', []), ...programFiles('/usr/local/bin', ['stress'])];
