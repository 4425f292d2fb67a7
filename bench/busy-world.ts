import type { Benchmark } from './benchmark.js';
import { cpuMs, runLine, threeNodeMachine } from './machine.js';

const SECONDS = 600;
const SECOND = 1_000_000;

/** What keeps a cluster busy: something crashes, something rolls, jobs come and go, probes ask, somebody watches. */
const LINES = [
  'kubectl create deployment web --image=nginx:1.27 --replicas=6',
  'kubectl set resources deployment web --requests=cpu=20m',
  'kubectl patch deployment web --type=json -p \'[{"op":"add","path":"/spec/template/spec/containers/0/readinessProbe","value":{"httpGet":{"path":"/","port":80},"periodSeconds":2}}]\'',
  'kubectl create deployment crash --image=busybox:1.36 -- sh -c "sleep 5; exit 1"',
  'kubectl create cronjob tick --image=busybox:1.36 --schedule="* * * * *" -- sleep 3',
  'kubectl expose deployment web --port=80',
  'nohup sh -c "while :; do kubectl rollout restart deployment web; sleep 30; done" >/dev/null 2>&1 &',
  'nohup sh -c "while :; do kubectl get pods -A; sleep 2; done" >/dev/null 2>&1 &',
];

/** Virtual seconds that pass in one second of a processor. */
function perSecond(lines: readonly string[]): number {
  const machine = threeNodeMachine('1');
  for (const line of lines) runLine(machine, line);
  const started = cpuMs();
  machine.advance(SECONDS * SECOND);
  return (1000 * SECONDS) / (cpuMs() - started);
}

/** How fast time goes by in a world in which much happens. */
export const busyWorld: Benchmark = {
  name: 'virtual seconds a second in a busy world',
  unit: '/s',
  against: { name: 'in an idle one', measure: () => perSecond([]) },
  aimMin: 100,
  aimIsAbsolute: true,
  rounds: 1,
  secondsMax: 120,
  measure: () => perSecond(LINES),
};
