/** Asks a server and returns what it says; throws when it refuses. A body goes as JSON. */
export type Ask<T> = (method: string, target: string, body?: object, headers?: Record<string, string>) => T;

/** Where the pods are. */
export const PODS = '/api/v1/namespaces/default/pods';
/** Numbers of pods lie this far apart in the order of names, so that neighbours in time are none in the store. */
const STRIDE = 7919;
const NAMES = 1_000_003;

/** A pod as people write it; one in a hundred has a label of its own. */
export function pod(index: number) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: nameOf(index), labels: { app: 'web', shard: String(index % 100) } },
    spec: {
      containers: [
        {
          name: 'web',
          image: 'nginx:1.27',
          ports: [{ containerPort: 80 }],
          resources: { requests: { cpu: '100m', memory: '64Mi' } },
        },
      ],
    },
  };
}

/** Where a pod is. */
export function podPath(index: number): string {
  return `${PODS}/${nameOf(index)}`;
}

function nameOf(index: number): string {
  return `pod-${String((index * STRIDE) % NAMES).padStart(7, '0')}`;
}

/** What is asked again and again, with the number of the turn and of the pods that there are. */
export const REQUESTS: Readonly<Record<string, <T>(ask: Ask<T>, turn: number, pods: number) => T>> = {
  create: (ask, turn, pods) => ask('POST', PODS, pod(pods + turn), { 'content-type': 'application/json' }),
  get: (ask, turn, pods) => ask('GET', podPath((turn * 31) % pods)),
  'list of 100': (ask) => ask('GET', `${PODS}?limit=100`),
  patch: (ask, turn, pods) =>
    ask(
      'PATCH',
      podPath((turn * 31) % pods),
      { metadata: { annotations: { turn: String(turn) } } },
      { 'content-type': 'application/merge-patch+json' },
    ),
};
