import type { ImageFile } from '../../api/container-image.js';
import { alpineFiles, DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';

/** The newest release of each line. */
const NEWEST: Readonly<Record<string, string>> = {
  '3.8': '3.8.20',
  '3.9': '3.9.25',
  '3.10': '3.10.19',
  '3.11': '3.11.14',
  '3.12': '3.12.12',
  '3.13': '3.13.11',
  '3.14': '3.14.2',
};

function versionOf(tag: string): string {
  const [number = '3'] = /^\d+(?:\.\d+){0,2}/.exec(tag) ?? [];
  return number.split('.').length === 3 ? number : (NEWEST[number] ?? NEWEST['3.14'] ?? '');
}

export const python: ImageRepository = {
  name: 'docker.io/library/python',
  has: versionTags({
    major: 3,
    minors: [8, 14],
    names: ['slim', 'alpine', 'bookworm', 'trixie'],
    suffixes: [
      'slim-bookworm',
      'slim-trixie',
      'slim-bullseye',
      'alpine3.22',
      'alpine3.21',
      'slim',
      'alpine',
      'bookworm',
      'trixie',
      'bullseye',
    ],
  }),
  canonical: (tag) => {
    const [suffix = ''] = /(?:slim|alpine).*$/.exec(tag) ?? [];
    return `${versionOf(tag)}${suffix === '' ? '' : `-${suffix}`}`;
  },
  sizeBytes: (tag) => (tag.includes('alpine') ? 17_500_000 : tag.includes('slim') ? 45_300_000 : 412_000_000),
  config: (tag) => ({ command: ['python3'], environment: [PATH, `PYTHON_VERSION=${versionOf(tag)}`] }),
  files: (tag) => [
    ...(tag.includes('alpine')
      ? alpineFiles('3.22.2')
      : debianFiles(DEBIAN_RELEASE, [], tag.includes('slim') ? [] : ['curl'])),
    ...FILES,
  ],
};

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/local/bin', ['python3']),
  { path: '/usr/local/bin/python', link: 'python3' },
];
