import { alpineFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';

const NEWEST = '3.23.0';

export const alpine: ImageRepository = {
  name: 'docker.io/library/alpine',
  has: versionTags({ major: 3, minors: [10, 23], names: ['edge'] }),
  canonical: (tag) => (['latest', '3', '3.23'].includes(tag) ? NEWEST : tag),
  sizeBytes: () => 3_861_821,
  config: () => ({ command: ['/bin/sh'], environment: [PATH], workingDirectory: '/' }),
  files: (tag) => alpineFiles(/^\d/.test(tag) ? tag : NEWEST),
};
