import { debianFiles, UBUNTU_RELEASE } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

const TAGS = /^(?:latest|rolling|2[024]\.04|25\.10|focal|jammy|noble|questing)$/;

export const ubuntu: ImageRepository = {
  name: 'docker.io/library/ubuntu',
  has: (tag) => TAGS.test(tag),
  canonical: (tag) => (['latest', 'noble'].includes(tag) ? '24.04' : tag),
  sizeBytes: () => 29_723_000,
  config: () => ({ command: ['/bin/bash'], environment: [PATH] }),
  files: () => FILES,
};

const FILES = debianFiles(UBUNTU_RELEASE, ['ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash']);
