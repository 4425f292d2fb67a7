import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ImageConfig, ImageFile } from '../../src/sim/api/container-image.js';
import { type ImageRepository, imageOf, PATH } from '../../src/sim/images/image.js';
import { busybox } from '../../src/sim/images/repositories/busybox.js';
import { coredns } from '../../src/sim/images/repositories/coredns.js';
import { curl } from '../../src/sim/images/repositories/curl.js';
import { httpEcho } from '../../src/sim/images/repositories/http-echo.js';
import { nginx } from '../../src/sim/images/repositories/nginx.js';
import { pause } from '../../src/sim/images/repositories/pause.js';
import { redis } from '../../src/sim/images/repositories/redis.js';
import { CACHE } from '../reference/built-program.js';
import { KUBE_ROUTER_IMAGE } from './policies.js';
import { debianInto, imageProgram } from './programs.js';

const LINUX = ['bash', 'coreutils', 'dash', 'findutils', 'grep', 'gzip', 'hostname', 'libc-bin', 'mawk', 'sed', 'tar'];
const MORE = ['busybox', 'curl', 'login', 'procps', 'util-linux'];
/** Whoever changes how roots are made counts this up. */
const EDITION = 8;

/**
 * How the root of an image's containers is made: Debian's packages or one program, and over them the files with text
 * that the simulation gives the same image. What configures it is the simulation's too.
 */
interface Recipe {
  readonly repository: ImageRepository;
  readonly packages?: readonly string[];
  readonly program?: 'coredns' | 'http-echo' | 'kube-router' | 'pause';
  readonly files?: readonly ImageFile[];
}

const NGINX_ENTRYPOINT = `#!/bin/sh
if [ "$1" = nginx ]; then
  for step in /docker-entrypoint.d/*.sh; do [ -x "$step" ] && "$step"; done
fi
exec "$@"
`;

/** busybox 1.35 as Debian 12 builds it breaks at `wget -T`. */
const WGET = `#!/bin/sh
limit= words=$#
while [ $words -gt 0 ]; do
  case $1 in
    -T|--timeout) limit=$2; shift; words=$((words - 1)) ;;
    -T*) limit=\${1#-T} ;;
    --timeout=*) limit=\${1#*=} ;;
    *) set -- "$@" "$1" ;;
  esac
  shift; words=$((words - 1))
done
[ "$limit" ] || exec busybox wget "$@"
timeout "$limit" busybox wget "$@"
status=$?
[ $status = 143 ] && { echo 'wget: download timed out' >&2; exit 1; }
exit $status
`;

/** What enforces NetworkPolicies; iptables as kernels of today have it. */
const KUBE_ROUTER: Recipe = {
  repository: {
    name: KUBE_ROUTER_IMAGE.slice(0, KUBE_ROUTER_IMAGE.indexOf(':')),
    has: (tag) => KUBE_ROUTER_IMAGE.endsWith(`:${tag}`),
    sizeBytes: () => 0,
    config: () => ({ entrypoint: ['/kube-router'], environment: [PATH] }),
    files: () =>
      ['iptables', 'iptables-save', 'iptables-restore', 'ip6tables', 'ip6tables-save', 'ip6tables-restore'].map(
        (name): ImageFile => ({ path: `/usr/local/sbin/${name}`, link: '/usr/sbin/xtables-nft-multi' }),
      ),
  },
  packages: ['iptables', 'ipset', 'iproute2', 'busybox'],
  program: 'kube-router',
};

const RECIPES: readonly Recipe[] = [
  { repository: busybox, packages: ['busybox', 'netcat-openbsd'] },
  { repository: coredns, program: 'coredns' },
  { repository: curl, packages: [...LINUX, ...MORE] },
  { repository: httpEcho, program: 'http-echo' },
  {
    repository: nginx,
    packages: [...LINUX, ...MORE, 'nginx'],
    files: [{ path: '/docker-entrypoint.sh', content: NGINX_ENTRYPOINT, mode: 0o755 }],
  },
  KUBE_ROUTER,
  { repository: pause, program: 'pause' },
  { repository: redis, packages: [...LINUX, ...MORE, 'redis-server', 'gosu'] },
];

/** An image as a registry gives it: everything by its digest. */
export interface BuiltImage {
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layer: { readonly digest: string; readonly size: number; readonly path: string };
}

interface Blob {
  readonly digest: string;
  readonly text: string;
}

/** The image of a repository with a tag, built when it is first asked for; `undefined` where there is none. */
export function builtImage(name: string, tag: string): BuiltImage | undefined {
  const recipe = RECIPES.find(({ repository }) => repository.name === name);
  // Whatever version of pause a runtime wants.
  if (!recipe || (!recipe.repository.has(tag) && recipe.program !== 'pause')) return undefined;
  const image = imageOf(recipe.repository, tag);
  const layer = layerOf(recipe, image.tag, image.files());
  const config = blob(imageConfig(image.config, layer.digest));
  const manifest = blob({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config.digest, size: sizeOf(config) },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: layer.digest, size: layer.size }],
  });
  return { manifest, config, layer };
}

/** Builds what is not built yet, while there still is a network. */
export function buildImages(): void {
  for (const recipe of RECIPES)
    for (const tag of ['latest', '1.27-alpine', '0.2.3', 'v2.2.1'])
      if (recipe.repository.has(tag) || tag === 'latest')
        layerOf(recipe, tag, recipe.repository.files(recipe.repository.canonical?.(tag) ?? tag));
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

function blob(content: object): Blob {
  const text = JSON.stringify(content);
  return { digest: `sha256:${createHash('sha256').update(text).digest('hex')}`, text };
}

function sizeOf({ text }: Blob): number {
  return Buffer.byteLength(text);
}

function imageConfig(config: ImageConfig, layer: string): object {
  const ports = (config.ports ?? []).map((port) => [port, {}]);
  return {
    architecture: 'amd64',
    os: 'linux',
    config: {
      Entrypoint: config.entrypoint,
      Cmd: config.command,
      Env: config.environment,
      WorkingDir: config.workingDirectory,
      User: config.user,
      StopSignal: config.stopSignal,
      ExposedPorts: Object.fromEntries(ports),
    },
    rootfs: { type: 'layers', diff_ids: [layer] },
    history: [{ created_by: 'kubedrill test:real' }],
  };
}

/** All tags of a kind share a layer: there is one version of a program, Debian's. */
function layerOf({ repository, packages, program, files = [] }: Recipe, tag: string, simulated: readonly ImageFile[]) {
  const kind = tag.includes('alpine') ? '-alpine' : repository === httpEcho && tag.startsWith('0.') ? '-old' : '';
  const name = `${basename(repository.name)}${kind}-${EDITION}`;
  const path = join(CACHE, 'images', `${name}.tar`);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const root = mkdtempSync(join(CACHE, 'images', `${name}-`));
    try {
      chmodSync(root, 0o755);
      if (packages) unpack(debianInto(debianFolder(repository, packages), packages, true), root);
      for (const file of [...simulated, ...files]) place(root, file);
      if (program) copyFileSync(imageProgram(program), join(root, program));
      command('tar', ['--sort=name', '--mtime=@0', '--numeric-owner', '-C', root, '-cf', `${path}.new`, '.']);
      const digest = createHash('sha256')
        .update(readFileSync(`${path}.new`))
        .digest('hex');
      writeFileSync(`${path}.digest`, `sha256:${digest}`);
      renameSync(`${path}.new`, path);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  return { digest: readFileSync(`${path}.digest`, 'utf8'), size: statSync(path).size, path };
}

function debianFolder({ name }: ImageRepository, packages: readonly string[]): string {
  const digest = createHash('sha256').update(packages.join()).digest('hex').slice(0, 8);
  return `images/debian-${basename(name)}-${digest}`;
}

/** As Debian is today: what was below / lies below /usr. */
function unpack(from: string, root: string): void {
  command('cp', ['-a', `${from}/.`, root]);
  for (const one of ['bin', 'sbin', 'lib', 'lib64']) {
    if (!existsSync(join(root, one))) continue;
    mkdirSync(join(root, 'usr', one), { recursive: true });
    command('cp', ['-a', `${join(root, one)}/.`, join(root, 'usr', one)]);
    rmSync(join(root, one), { recursive: true });
    symlinkSync(`usr/${one}`, join(root, one));
  }
  for (const one of UNREAD) rmSync(join(root, 'usr/share', one), { recursive: true, force: true });
}

/** What nobody reads in a container. */
const UNREAD = ['doc', 'info', 'locale', 'man', 'perl', 'zoneinfo'];

function place(root: string, file: ImageFile): void {
  const path = join(root, file.path);
  if (file.program !== undefined) return placeProgram(root, file.path);
  const there = lstatSync(path, { throwIfNoEntry: false });
  // A link of the root's own, such as /bin's, stays.
  if (there?.isSymbolicLink() && file.directory) return;
  mkdirSync(file.directory ? path : dirname(path), { recursive: true });
  if (file.link !== undefined) {
    if (there?.isDirectory()) return;
    rmSync(path, { force: true });
    symlinkSync(file.link, path);
    return;
  }
  if (!file.directory) {
    rmSync(path, { force: true });
    writeFileSync(path, file.content ?? file.lazy?.() ?? '');
  }
  chmodSync(path, file.mode ?? (file.directory ? 0o755 : 0o644));
  chownSync(path, file.owner ?? 0, file.group ?? 0);
}

/** Debian's busybox has an `nc` that cannot just look whether somebody listens, as the one of the image can. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = { awk: ['mawk'], nc: ['nc.openbsd'], sh: ['dash'] };

/** The same program lies elsewhere in Debian, or is one of busybox's. */
function placeProgram(root: string, path: string): void {
  if (existsSync(join(root, path)) || lstatSync(join(root, path), { throwIfNoEntry: false })) return;
  const name = basename(path);
  const names = ELSEWHERE[name] ?? [name];
  const folders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/bin', '/sbin'];
  const found = names
    .flatMap((one) => folders.map((folder) => `${folder}/${one}`))
    .find((one) => existsSync(root + one));
  const box = ['/bin/busybox', '/usr/bin/busybox'].find((one) => existsSync(root + one));
  const target = found ?? box;
  if (target === undefined || target === path) return;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  if (name === 'wget' && target === box) return writeFileSync(join(root, path), WGET, { mode: 0o755 });
  symlinkSync(target, join(root, path));
}

function command(program: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, [...words], { encoding: 'utf8' });
  if (error || status !== 0)
    throw new Error(`${program} ${words.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
}
