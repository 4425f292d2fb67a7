import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram, CACHE } from '../reference/built-program.js';

const KUBERNETES = fileURLToPath(new URL('../reference/go/', import.meta.url));
const COREDNS = fileURLToPath(new URL('../reference/go/coredns/', import.meta.url));
const CONTAINERD = fileURLToPath(new URL('./go/containerd/', import.meta.url));
const POLICIES = fileURLToPath(new URL('./go/policies/', import.meta.url));
const IMAGES = fileURLToPath(new URL('./go/images/', import.meta.url));

const KUBE_ROUTER = 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router';

/** What nodes are made of that Debian has: it lies in the cache, nothing is installed. */
const DEBIAN = [
  ...['runc', 'containernetworking-plugins'],
  ...['nftables', 'libnftables1', 'libnftnl11', 'libmnl0', 'libjansson4', 'libgmp10', 'libreadline8', 'libedit2'],
  ...['conntrack', 'libnetfilter-conntrack3', 'libnfnetlink0'],
];

/** Has everything at hand that real nodes need, building and fetching what is missing. Throws with what to install. */
export function nodePrograms(): void {
  builtProgram('node/kubelet', 'k8s.io/kubernetes/cmd/kubelet', KUBERNETES, { alone: true });
  builtProgram('node/kube-proxy', 'k8s.io/kubernetes/cmd/kube-proxy', KUBERNETES, { alone: true });
  const runtime = 'github.com/containerd/containerd/v2/cmd/containerd';
  builtProgram('node/containerd', runtime, CONTAINERD, { tags: 'no_btrfs,no_zfs,no_devmapper' });
  builtProgram('node/containerd-shim-runc-v2', `${runtime}-shim-runc-v2`, CONTAINERD, { alone: true });
  debianInto('debian', DEBIAN, false);
}

/** Programs of images that are built: their paths by their names. */
export function imageProgram(name: 'coredns' | 'http-echo' | 'kube-router' | 'pause'): string {
  if (name === 'coredns') return builtProgram('images/coredns', '.', COREDNS, { alone: true });
  if (name === 'kube-router') return builtProgram('images/kube-router', KUBE_ROUTER, POLICIES, { alone: true });
  const from = name === 'pause' ? './pause' : 'github.com/hashicorp/http-echo';
  return builtProgram(`images/${name}`, from, IMAGES, { alone: true });
}

/**
 * Unpacks Debian packages into a folder of the cache, with all that they depend on or alone, and gives the folder.
 * They come by apt-get; where there is none, or no network, it throws.
 */
export function debianInto(folder: string, packages: readonly string[], whole: boolean): string {
  const target = join(CACHE, folder);
  if (existsSync(target)) return target;
  console.error(`Fetching Debian packages for ${folder} (once): ${packages.join(' ')}`);
  // apt-get hands its work to a user who has to get there.
  const fetched = mkdtempSync(join(tmpdir(), 'kubedrill-debian-'));
  try {
    if (whole) downloadWhole(fetched, packages);
    else command('apt-get', ['download', '-q', ...packages], fetched);
    const unfinished = `${target}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    const archives = whole ? join(fetched, 'archives') : fetched;
    for (const file of readdirSync(archives).filter((one) => one.endsWith('.deb')))
      command('dpkg-deb', ['-x', join(archives, file), unfinished], fetched);
    renameSync(unfinished, target);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return target;
}

/** As if nothing were installed, so that nothing is left out. */
function downloadWhole(folder: string, packages: readonly string[]): void {
  mkdirSync(join(folder, 'archives', 'partial'), { recursive: true });
  const settings = [
    `Dir::State::status=/dev/null`,
    `Dir::Cache::archives=${join(folder, 'archives')}`,
    'Debug::NoLocking=true',
    'APT::Sandbox::User=root',
  ].flatMap((one) => ['-o', one]);
  const words = ['install', '--download-only', '--no-install-recommends', '--yes', '-q', ...packages];
  command('apt-get', [...settings, ...words], folder);
}

function command(program: string, words: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(program, [...words], { cwd, encoding: 'utf8' });
  if (error || status !== 0) {
    const hint = 'Debian packages are needed for real nodes: `apt-get update` may be due.';
    throw new Error(`${program} ${words.join(' ')} failed: ${error?.message ?? stderr.trim()}. ${hint}`);
  }
}
