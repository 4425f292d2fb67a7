import type { ImageFile } from '../../api/container-image.js';
import { alpineFiles, DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';
import { POSTGRES_ENTRYPOINT } from '../postgres/entrypoint.js';
import { dataFolderOf, postgresVersionOf } from '../postgres/versions.js';

const TAGS = /^(?:latest|alpine|bookworm|trixie|1[1-8](?:\.\d{1,2})?(?:-(?:alpine|bookworm|trixie|bullseye))?)$/;

export const postgres: ImageRepository = {
  name: 'docker.io/library/postgres',
  has: (tag) => TAGS.test(tag),
  canonical: (tag) => `${postgresVersionOf(tag)}${tag.includes('alpine') ? '-alpine' : ''}`,
  sizeBytes: (tag) => (tag.includes('alpine') ? 111_000_000 : 161_500_000),
  config: (tag) => {
    const version = postgresVersionOf(tag);
    return {
      entrypoint: ['docker-entrypoint.sh'],
      command: ['postgres'],
      environment: [
        `${PATH}:/usr/lib/postgresql/${Number.parseInt(version, 10)}/bin`,
        'GOSU_VERSION=1.19',
        'LANG=en_US.utf8',
        `PG_MAJOR=${Number.parseInt(version, 10)}`,
        `PG_VERSION=${version}`,
        `PGDATA=${dataFolderOf(version)}`,
      ],
      stopSignal: 'SIGINT',
      ports: ['5432/tcp'],
    };
  },
  files: (tag) => {
    const folder = tag.includes('alpine')
      ? '/usr/local/bin'
      : `/usr/lib/postgresql/${Number.parseInt(postgresVersionOf(tag), 10)}/bin`;
    return [
      ...(tag.includes('alpine') ? alpineFiles('3.22.2', ACCOUNT) : debianFiles(DEBIAN_RELEASE, ACCOUNT)),
      ...programFiles(folder, ['initdb', 'pg_isready', 'postgres', 'psql']),
      ...FILES,
      ...(tag.includes('alpine') ? programFiles('/bin', ['bash']) : programFiles('/usr/bin', ['pg_isready', 'psql'])),
    ];
  },
};

const ACCOUNT = ['postgres:x:999:999::/var/lib/postgresql:/bin/bash'];

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/local/bin', ['gosu']),
  { path: '/usr/local/bin/docker-entrypoint.sh', content: POSTGRES_ENTRYPOINT, mode: 0o755 },
  { path: '/docker-entrypoint-initdb.d', directory: true },
  { path: '/var/lib/postgresql', directory: true, owner: 999, group: 999, mode: 0o1777 },
  { path: '/var/run/postgresql', directory: true, owner: 999, group: 999, mode: 0o3777 },
];
