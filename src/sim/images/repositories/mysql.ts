import type { ImageFile } from '../../api/container-image.js';
import { debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';
import { MYSQL_ENTRYPOINT } from '../mysql/entrypoint.js';
import { mysqlVersionOf } from '../mysql/versions.js';

const TAGS =
  /^(?:latest|innovation|lts|5|5\.[67](?:\.\d{1,2})?|8|8\.[0-4](?:\.\d{1,2})?|9|9\.[0-5](?:\.\d{1,2})?)(?:-(?:oracle|debian|oraclelinux9))?$/;
const RELEASE = `NAME="Oracle Linux Server"
VERSION="9.6"
ID="ol"
ID_LIKE="fedora"
VERSION_ID="9.6"
PRETTY_NAME="Oracle Linux Server 9.6"
`;

export const mysql: ImageRepository = {
  name: 'docker.io/library/mysql',
  has: (tag) => TAGS.test(tag),
  canonical: mysqlVersionOf,
  sizeBytes: () => 272_400_000,
  config: (tag) => ({
    entrypoint: ['docker-entrypoint.sh'],
    command: ['mysqld'],
    environment: [PATH, 'GOSU_VERSION=1.17', 'MYSQL_MAJOR=innovation', `MYSQL_VERSION=${mysqlVersionOf(tag)}`],
    ports: ['3306/tcp', '33060/tcp'],
  }),
  files: () => FILES,
};

const CONFIG = `[mysqld]
datadir=/var/lib/mysql
socket=/var/run/mysqld/mysqld.sock
secure-file-priv=/var/lib/mysql-files
user=mysql
pid-file=/var/run/mysqld/mysqld.pid

[client]
socket=/var/run/mysqld/mysqld.sock

!includedir /etc/mysql/conf.d/
`;

const FILES: readonly ImageFile[] = [
  ...debianFiles(RELEASE, ['mysql:x:999:999::/var/lib/mysql:/bin/bash']),
  ...programFiles('/usr/bin', ['mysql', 'mysqladmin']),
  ...programFiles('/usr/sbin', ['mysqld']),
  ...programFiles('/usr/local/bin', ['gosu']),
  { path: '/usr/local/bin/docker-entrypoint.sh', content: MYSQL_ENTRYPOINT, mode: 0o755 },
  { path: '/etc/my.cnf', content: CONFIG },
  { path: '/etc/mysql/conf.d', directory: true },
  { path: '/docker-entrypoint-initdb.d', directory: true },
  { path: '/var/lib/mysql', directory: true, owner: 999, group: 999, mode: 0o1777 },
  { path: '/var/run/mysqld', directory: true, owner: 999, group: 999, mode: 0o1777 },
];
