import { ClusterError } from '../port.js';
import type { Nodes } from './nodes.js';

/** Where we keep on a node what we need of it; kind's own folder, which no lab looks at. */
export const OUR_FOLDER = '/kind/kubedrill';

/** Told before each prompt, invisible in a terminal: whoever types for somebody waits for it. */
export const PROMPT_MARK = '\u001b]777;kubedrill\u0007';

/**
 * Names: the node's own as the machine's, and all of them in /etc/hosts, which the engine writes anew when it starts a
 * container, so that this is done each time. Arguments: its name, then name=container of each node.
 */
const NAMES = `set -eu
hostname "$1"
shift
sed '/# kubedrill$/d' /etc/hosts > /tmp/hosts
for pair in "$@"; do
  address=$(getent hosts "\${pair#*=}" | head -n 1 | cut -d ' ' -f 1)
  test -z "$address" || printf '%s %s # kubedrill\\n' "$address" "\${pair%%=*}" >> /tmp/hosts
done
cat /tmp/hosts > /etc/hosts
rm /tmp/hosts
`;

/** The user of tasks, who may become root without a password, and shells that tell when they ask. Twice is once. */
const USERS = `set -eu
mkdir -p ${OUR_FOLDER}
id candidate > /dev/null 2>&1 || useradd --create-home --shell /bin/bash candidate
grep -q kubedrill /etc/bash.bashrc 2> /dev/null || printf '%s\\n' "PROMPT_COMMAND='printf \\"\\\\033]777;kubedrill\\\\007\\"'" >> /etc/bash.bashrc
mkdir -p /root/.kube /home/candidate/.kube
if test -f /etc/kubernetes/admin.conf; then
  cp /etc/kubernetes/admin.conf /root/.kube/config
  cp /etc/kubernetes/admin.conf /home/candidate/.kube/config
  chmod 600 /root/.kube/config /home/candidate/.kube/config
fi
chown -R candidate: /home/candidate/.kube
`;

/** Tasks' answers: whoever one is inside may write there, and outside nobody else gets as far as this folder. */
const ANSWERS = `chmod 777 "$1"
find "$1" -mindepth 1 -delete
`;

/** kind has kubelet's drop-in among the administrator's units; tasks name it where kubeadm's package puts it. */
const DROP_IN = `set -eu
name=systemd/system/kubelet.service.d/10-kubeadm.conf
test -f /etc/$name || exit 0
mkdir -p /usr/lib/systemd/system/kubelet.service.d
mv /etc/$name /usr/lib/$name
systemctl daemon-reload
`;

/** What people use on nodes and kind's images lack; from Debian's servers, so that it can fail. */
const PACKAGES = `set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends sudo openssh-client openssh-server vim-tiny nano less wget netcat-openbsd > /dev/null
printf 'candidate ALL=(ALL) NOPASSWD: ALL\\n' > /etc/sudoers.d/candidate
chmod 440 /etc/sudoers.d/candidate
systemctl disable -q --now ssh.socket 2> /dev/null || true
systemctl enable -q --now ssh
`;

/**
 * sudo without the package: a bash that keeps root's rights becomes root whole, and then the command. Its options are
 * those that people type; others are refused.
 */
const SUDO = `set -eu
command -v sudo > /dev/null && exit 0
cp /bin/bash ${OUR_FOLDER}/rootsh
chmod 4755 ${OUR_FOLDER}/rootsh
chmod 755 ${OUR_FOLDER}
cat > /usr/local/bin/sudo <<'SUDO'
#!${OUR_FOLDER}/rootsh -p
user=root login= variables=()
while test $# -gt 0; do
  case $1 in
    -i|--login|-s|-si|-is|--shell) login=1; shift;;
    -u|--user) user=$2; shift 2;;
    -n|-E|-H|-S|-k|--non-interactive|--preserve-env) shift;;
    --) shift; break;;
    -*) printf 'sudo: %s is not known here: the package sudo could not be installed on this node\\n' "$1" >&2; exit 1;;
    [A-Za-z_]*=*) variables+=("$1"); shift;;
    *) break;;
  esac
done
test -n "$login$*" || { echo 'usage: sudo [-i] [-u user] command' >&2; exit 1; }
home=$(getent passwd "$user" | cut -d : -f 6)
test -n "$home" || { printf 'sudo: unknown user %s\\n' "$user" >&2; exit 1; }
if test -n "$login"; then
  cd "$home"
  if test $# -eq 0; then set -- bash -l; else set -- bash -lc '"$@"' bash "$@"; fi
fi
exec setpriv --reuid "$user" --regid "$user" --init-groups env HOME="$home" USER="$user" LOGNAME="$user" "\${variables[@]}" "$@"
SUDO
chmod 755 /usr/local/bin/sudo
`;

/** etcd's tools are in its image only, each one file that needs nothing else. */
const ETCD_TOOLS = `set -eu
command -v etcdctl > /dev/null && command -v etcdutl > /dev/null && exit 0
id=$(crictl ps --name '^etcd$' --state running -q | head -n 1)
pid=$(crictl inspect --output go-template --template '{{.info.pid}}' "$id")
for tool in etcdctl etcdutl; do
  cp "/proc/$pid/root/usr/local/bin/$tool" /usr/local/bin/
done
`;

const KEY = `set -eu
for home in /root /home/candidate; do
  mkdir -p $home/.ssh
  test -f $home/.ssh/id_ed25519 || cp ${OUR_FOLDER}/key $home/.ssh/id_ed25519
  cp ${OUR_FOLDER}/key.pub $home/.ssh/authorized_keys
  printf 'StrictHostKeyChecking no\\nUserKnownHostsFile /dev/null\\nLogLevel ERROR\\n' > $home/.ssh/config
  chmod 700 $home/.ssh
  chmod 600 $home/.ssh/*
done
chown -R candidate: /home/candidate/.ssh
`;

const PACKAGES_SECONDS = 240;

/** Gives nodes their names as machines. Done whenever containers were started. Throws `ClusterError`. */
export async function nameMachines(nodes: Nodes, first = ''): Promise<void> {
  const pairs = nodes.hosts.map(({ name, container }) => `${name}=${container}`);
  await Promise.all(nodes.hosts.map(({ name }) => nodes.script(name, `${first}${NAMES}`, [name, ...pairs])));
}

/**
 * Makes of kind's nodes what tasks find: a user, sudo, ssh between them, editors, etcd's tools. Gives what could not be had,
 * a sentence each; throws `ClusterError` only where nothing can be done without.
 */
export async function prepareNodes(nodes: Nodes, answers: string, signal?: AbortSignal): Promise<readonly string[]> {
  await clearAnswers(nodes, answers);
  await nameMachines(nodes, USERS);
  await Promise.all(nodes.hosts.map(({ name }) => nodes.script(name, DROP_IN)));
  const lacking = [...(await installPackages(nodes, signal)), ...(await copyEtcdTools(nodes))];
  await Promise.all(nodes.hosts.map(({ name }) => nodes.script(name, SUDO)));
  return lacking;
}

async function installPackages(nodes: Nodes, signal?: AbortSignal): Promise<readonly string[]> {
  try {
    const how = { timeoutSeconds: PACKAGES_SECONDS, signal };
    await Promise.all(nodes.hosts.map(({ name }) => nodes.script(name, PACKAGES, [], how)));
    await shareKey(nodes);
    return [];
  } catch (error) {
    if (!(error instanceof ClusterError) || signal?.aborted) throw error;
    return [
      `Editors and ssh could not be installed on the nodes (${error.message}). ssh from your own shell works; edit files there with what kind's image has (sed, tee, cat), or copy them with \`cat\`.`,
    ];
  }
}

/** One key for all nodes: it opens nothing but them. */
async function shareKey(nodes: Nodes): Promise<void> {
  const [first, ...others] = nodes.hosts.map(({ name }) => name) as [string, ...string[]];
  await nodes.script(
    first,
    `test -f ${OUR_FOLDER}/key || ssh-keygen -q -t ed25519 -N '' -C kubedrill -f ${OUR_FOLDER}/key`,
  );
  const key = await nodes.script(first, `cat ${OUR_FOLDER}/key`);
  const publicKey = await nodes.script(first, `cat ${OUR_FOLDER}/key.pub`);
  for (const name of others) {
    const put = `umask 077\nprintf '%s' "$1" > ${OUR_FOLDER}/key\nprintf '%s' "$2" > ${OUR_FOLDER}/key.pub\n`;
    await nodes.script(name, put, [key, publicKey]);
  }
  await Promise.all([first, ...others].map((name) => nodes.script(name, KEY)));
}

async function copyEtcdTools(nodes: Nodes): Promise<readonly string[]> {
  try {
    await nodes.script('controlplane', ETCD_TOOLS);
    return [];
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return [`etcdctl and etcdutl could not be taken out of etcd's image (${error.message}).`];
  }
}

/** Takes away what is in the folder for answers, whoever made it. Throws `ClusterError`. */
export async function clearAnswers(nodes: Nodes, answers: string): Promise<void> {
  await nodes.script('controlplane', ANSWERS, [answers]);
}
