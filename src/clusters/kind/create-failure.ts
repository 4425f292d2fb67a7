/** A refusal of kind's or an engine's that is known, by its words, and what to do about it. */
interface Known {
  readonly words: RegExp;
  readonly says: string;
  readonly remedy: string;
  /** Another try may well do, since ports are chosen anew. */
  readonly again?: true;
}

/** The engines' words: docker's where it says another thing than the others, the others' after it. */
const KNOWN: readonly Known[] = [
  {
    words: /port is already allocated|address already in use|ports are not available/i,
    says: 'A port of this computer was taken meanwhile.',
    remedy: 'Try again; kind chooses other ports.',
    again: true,
  },
  {
    words: /no space left on device/i,
    says: 'The disk of the container engine is full.',
    remedy:
      'Free some space: `docker system prune` removes what nothing uses, `kubedrill cluster delete --all` our clusters.',
  },
  {
    words: /too many open files|inotify/i,
    says: 'The kernel gives no more watches of files (inotify): each node needs some.',
    remedy:
      'On Linux `sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`; or delete clusters that you do not need.',
  },
  {
    words: /toomanyrequests|pull rate limit/i,
    says: 'Docker Hub gives no more images to this address for now.',
    remedy: '`docker login` raises the limit; or wait some hours.',
  },
  {
    words:
      /manifest unknown|not found: manifest|manifest for .* not found|pull access denied|repository does not exist/i,
    says: 'There is no such node image.',
    remedy:
      'Look at KUBEDRILL_KIND_IMAGE: https://github.com/kubernetes-sigs/kind/releases names the images of each kind.',
  },
  {
    words: /failed to pull image/i,
    says: 'The node image cannot be fetched.',
    remedy:
      'It comes from docker.io and is about 400 MB: is there a connection, or a proxy that the engine does not know?',
  },
  {
    words: /node\(s\) already exist for a cluster/i,
    says: 'A cluster of that name is there already.',
    remedy: '`kubedrill cluster list` shows it, `kubedrill cluster delete` removes it.',
  },
  {
    words: /requires cgroup v2/i,
    says: 'An engine that runs without root needs control groups of version 2.',
    remedy: 'https://kind.sigs.k8s.io/docs/user/rootless/ says how to switch.',
  },
  {
    words: /Delegate=yes/,
    says: 'An engine that runs without root needs more control groups than it was given.',
    remedy: 'Set Delegate=yes for user@.service: https://kind.sigs.k8s.io/docs/user/rootless/.',
  },
  {
    words: /could not find a log line that matches/i,
    says: 'A node did not start: its systemd did not come up within 30 seconds.',
    remedy:
      'Most often too little memory or too few inotify watches; https://kind.sigs.k8s.io/docs/user/known-issues/ lists what else it can be.',
  },
  {
    words: /failed to init node with kubeadm/i,
    says: 'The control plane did not start.',
    remedy:
      'Give the engine at least 4 GiB of memory and 2 processors; a node image older or newer than this kind can be the cause as well.',
  },
  {
    words: /failed to join node with kubeadm/i,
    says: 'A worker could not join.',
    remedy: 'Three nodes need about 6 GiB of memory: give the engine more, or delete other clusters.',
  },
  {
    words: /permission denied/i,
    says: 'You may not use the container engine.',
    remedy: 'On Linux `sudo usermod -aG docker $USER`, then log in again.',
  },
  {
    words: /cannot connect to the docker daemon|is the docker daemon running|cannot connect to podman/i,
    says: 'The container engine stopped meanwhile.',
    remedy: 'Start it again.',
  },
];

/** Why a cluster could not be made. */
export interface CreateFailure {
  /** Whole sentences with what to do, then kind's own last words. */
  readonly says: string;
  readonly again: boolean;
}

/** Lines of kind's that are told; the rest is the output of what it ran. */
const TOLD_LINES_MAX = 6;
const TOLD_LINE_MAX = 300;

/** What kind's words at its failure mean. `words` is all that it wrote, in order. */
export function createFailure(words: string, timedOut: boolean): CreateFailure {
  const own = lastWords(words);
  if (timedOut) {
    return { says: `kind did not finish in time. ${own}`.trim(), again: false };
  }
  const known = KNOWN.find((one) => one.words.test(words));
  if (!known) return { says: `kind could not make the cluster. ${own}`.trim(), again: false };
  return { says: `${known.says} ${known.remedy}\n${own}`.trim(), again: known.again === true };
}

/** From kind's ERROR on, shortened: kubeadm's log behind it can be thousands of lines. */
function lastWords(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const from = lines.findIndex((line) => line.startsWith('ERROR:'));
  const told = from === -1 ? lines.slice(-TOLD_LINES_MAX) : lines.slice(from);
  const shown = told.length <= TOLD_LINES_MAX ? told : [told[0] as string, '…', ...told.slice(2 - TOLD_LINES_MAX)];
  return shown.map((line) => (line.length > TOLD_LINE_MAX ? `${line.slice(0, TOLD_LINE_MAX)}…` : line)).join('\n');
}
