import type { JournalEntry } from '../src/labs/journal/entry.js';
import { replay } from '../src/labs/session/replay.js';
import { worldOptions } from '../src/labs/session/world.js';
import { onReadyWorld } from './on-ready-world.js';

const MINUTE = 60_000_000;
const LINES = [
  'ssh controlplane',
  'kubectl get pods -A',
  'kubectl create deployment web --image=nginx:1.27 --replicas=2',
  'kubectl get deploy,rs,pods -o wide',
  'kubectl scale deployment web --replicas=4',
  'for i in 1 2 3; do kubectl get nodes; sleep 1; done',
  'kubectl -n kube-system describe pod -l k8s-app=kube-dns | tail -20',
];

/** A journal of an hour: a line typed key by key each minute, and the clock. */
function hourFrom(start: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  const add = (entry: { t: number } & Record<string, unknown>): void => {
    entries.push({ n: entries.length + 1, ...entry } as JournalEntry);
  };
  add({
    t: start,
    input: { kind: 'open-terminal', terminal: 1, host: 'base', user: 'candidate', columns: 100, rows: 30 },
  });
  for (let minute = 1; minute <= 60; minute += 1) {
    const t = start + minute * MINUTE;
    const line = LINES[(minute - 1) % LINES.length] ?? '';
    for (const key of `${minute > LINES.length && line.startsWith('ssh') ? 'true' : line}\r`)
      add({ t, input: { kind: 'type', terminal: 1, bytes: Buffer.from(key) } });
    add({ t, clock: true });
  }
  return entries;
}

/** What resuming an attempt costs that was worked at for an hour. */
export const hourReplayed = onReadyWorld({
  name: "an hour's journal replayed",
  aimMax: 1000,
  world: () => worldOptions('three-node', '1'),
  prepare: (cluster) => hourFrom(cluster.reached),
  work: replay,
});
