import { debianFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

/** Kubernetes' own image for looking names up; size from knowledge. */
export const jessieDnsutils: ImageRepository = {
  name: 'registry.k8s.io/e2e-test-images/jessie-dnsutils',
  has: (tag) => /^1\.[0-9](?:\.0)?$/.test(tag),
  sizeBytes: () => 112_030_526,
  config: () => ({ command: ['/bin/bash'], environment: [PATH] }),
  files: () => FILES,
};

const JESSIE = `PRETTY_NAME="Debian GNU/Linux 8 (jessie)"
NAME="Debian GNU/Linux"
VERSION_ID="8"
VERSION="8 (jessie)"
ID=debian
HOME_URL="http://www.debian.org/"
`;

const FILES = debianFiles(JESSIE, [], ['dig', 'host', 'nslookup']);
