import { DEBIAN_RELEASE, debianFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

const TAGS = /^(?:latest|stable|1[123](?:\.\d{1,2})?|bullseye|bookworm|trixie|sid)(?:-slim)?$/;

export const debian: ImageRepository = {
  name: 'docker.io/library/debian',
  has: (tag) => TAGS.test(tag),
  canonical: (tag) => (['latest', 'stable', '13', 'trixie'].includes(tag) ? 'trixie' : tag),
  sizeBytes: (tag) => (tag.endsWith('-slim') ? 29_771_000 : 49_280_000),
  config: () => ({ command: ['bash'], environment: [PATH] }),
  files: () => FILES,
};

const FILES = debianFiles(DEBIAN_RELEASE);
