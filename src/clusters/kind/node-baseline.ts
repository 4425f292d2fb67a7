import { ClusterError } from '../port.js';
import { OUR_FOLDER } from './node-setup.js';
import type { Nodes } from './nodes.js';

/** What of a node is remembered whole and put back: configuration, small. */
const KEPT = [
  'etc',
  'home',
  'root',
  'opt/cni/net.d',
  'srv',
  'usr/lib/systemd/system',
  'usr/local/lib/systemd',
  'var/lib/kubelet/config.yaml',
  'var/lib/kubelet/kubeadm-flags.env',
  'var/lib/kubelet/pki',
];
/** What is only compared, for programs are large: where one is gone or another, the node is past mending. */
const WATCHED = ['usr/bin', 'usr/sbin', 'usr/local', 'opt', 'kind'];
/** Folders in which whatever was not there is removed: tasks put their own things there. */
const SWEPT = ['.', 'opt', 'srv', 'var/lib', 'var/backups', 'var/log', 'usr/local', 'mnt', 'tmp'];
/** The engine mounts these files into the container. */
const MOUNTED = ['etc/hosts', 'etc/hostname', 'etc/resolv.conf', 'etc/mtab'];

const list = (paths: readonly string[]) => paths.map((path) => `'${path}'`).join(' ');

/** `ROOT` is `/`, but in tests. The first argument is the answers' folder, the person's own, which is left alone. */
const COMMON = `set -eu
export LC_ALL=C
answers=\${1#/}
cd "\${ROOT:-/}"
ours=.${OUR_FOLDER}
mkdir -p "$ours"
there() { for path in "$@"; do test ! -e "$path" || printf '%s\\n' "$path"; done; }
left_alone=(-path "$answers" ${MOUNTED.map((path) => `-o -path '${path}'`).join(' ')})
kept_list() { find $(there ${list(KEPT)}) \\( "\${left_alone[@]}" \\) -prune -o -print | sort; }
watched_list() { find $(there ${list(WATCHED)}) -path kind/kubedrill -prune -o -type f -printf '%p %s %m %U %G\\n' | sort; }
top_list() {
  for folder in ${list(SWEPT)}; do
    find "$folder" -mindepth 1 -maxdepth 1 ! -path "$answers" 2> /dev/null || true
  done | sed 's,^\\./,,' | sort -u
}
units() {
  systemctl list-units --type=service --state=active --plain --no-legend 2> /dev/null |
    awk '{print $1}' | grep -E '^(containerd|kubelet|ssh)\\.service$' | sort || true
}
`;

const REMEMBER = `${COMMON}
kept_list > "$ours/kept"
tar --numeric-owner --no-recursion -cpf "$ours/kept.tar" -T "$ours/kept"
watched_list > "$ours/watched"
top_list > "$ours/top"
units > "$ours/units"
`;

/** Prints a line for all that was put back. Ends with 45 where a program is gone or another. */
const PUT_BACK = `${COMMON}
test -f "$ours/kept.tar" || { echo 'nothing is remembered of it' >&2; exit 45; }
lost=$(watched_list | comm -23 "$ours/watched" - | cut -d ' ' -f 1)
test -z "$lost" || { printf 'a program was changed: /%s\\n' $lost >&2; exit 45; }
remove() { while IFS= read -r path; do rm -rf --one-file-system "./$path"; printf 'removed /%s\\n' "$path"; done; }
top_list | comm -13 "$ours/top" - | remove
kept_list | comm -13 "$ours/kept" - | sort -r | remove
tar --numeric-owner -df "$ours/kept.tar" 2>&1 |
  grep -vE ': Mod time differs$' |
  sed -E 's/^tar: //; s/: (Uid|Gid|Mode|Size|Contents|Symlink|File type|Device number|Not linked|Warning|Cannot).*$//' |
  sort -u > "$ours/changed" || true
if test -s "$ours/changed"; then
  comm -12 "$ours/changed" "$ours/kept" > "$ours/back"
  tar --numeric-owner --no-recursion --recursive-unlink -xpf "$ours/kept.tar" -T "$ours/back"
  sed 's,^,put back /,' "$ours/back"
fi
`;

const SERVICES = `set -eu
systemctl daemon-reload
systemctl unmask -q containerd kubelet 2> /dev/null || true
systemctl reset-failed containerd kubelet 2> /dev/null || true
systemctl restart containerd
systemctl restart kubelet
systemctl is-active -q containerd kubelet
`;

/** Services that ran and do not, though no file of theirs was changed. */
const STOPPED = `${COMMON}
units | comm -23 "$ours/units" -
`;

/** Remembers what nodes look like: done once, when a cluster is made. Throws `ClusterError`. */
export async function rememberNodes(nodes: Nodes, answers: string): Promise<void> {
  await Promise.all(nodes.hosts.map(({ name }) => nodes.script(name, REMEMBER, [answers], { timeoutSeconds: 120 })));
}

/**
 * Makes nodes what they were: what is new goes, what was changed is put back, and services read it again. Gives how many
 * nodes had to be changed. Throws `ClusterError` where a node cannot be what it was.
 */
export async function putBackNodes(nodes: Nodes, answers: string): Promise<number> {
  const ends = await Promise.allSettled(nodes.hosts.map(({ name }) => putBackNode(nodes, name, answers)));
  // All have ended before one's failure is told: who deletes the cluster then meets nobody in it.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return ends.filter((end) => end.status === 'fulfilled' && end.value).length;
}

async function putBackNode(nodes: Nodes, name: string, answers: string): Promise<boolean> {
  const changes = await nodes.script(name, PUT_BACK, [answers], { timeoutSeconds: 120 });
  const stopped = await nodes.script(name, STOPPED, [answers]);
  if (changes === '' && stopped === '') return false;
  await nodes.script(name, SERVICES, [], { timeoutSeconds: 120 });
  const left = await nodes.script(name, STOPPED, [answers]);
  if (left !== '') throw new ClusterError(`${name}: ${left.trim().split('\n').join(', ')} cannot be started again`);
  return true;
}

/** The scripts themselves, for who tries them without a node. */
export const BASELINE_SCRIPTS = { remember: REMEMBER, putBack: PUT_BACK };
