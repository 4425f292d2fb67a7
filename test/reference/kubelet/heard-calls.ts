import type { CriCalls, CriOperation } from '../../../src/sim/api/types/cri.js';
import type { Message } from '../../../src/sim/kernel/network.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';

type Hears = (namespace: string, pod: string, what: string) => void;

interface Place {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A container runtime of which somebody hears what it is asked for that changes something. */
export function heard(runtime: Program, hears: Hears): Program {
  const places = new Map<string, Place>();
  const tell = ({ namespace, pod, container }: Place, call: string, more = ''): void =>
    hears(namespace, pod, [call, container, more].filter((word) => word !== '').join(' '));
  const before = (operation: string, payload: unknown): void => {
    const is = <Name extends CriOperation>(name: Name): CriCalls[Name]['request'] | undefined =>
      operation === name ? (payload as CriCalls[Name]['request']) : undefined;
    const run = is('RunPodSandbox');
    if (run) tell({ namespace: run.config.namespace, pod: run.config.name, container: '' }, operation);
    const create = is('CreateContainer');
    const sandbox = places.get(create?.podSandboxId ?? is('StopPodSandbox')?.podSandboxId ?? '');
    if (sandbox) tell({ ...sandbox, container: create?.config.name ?? '' }, operation);
    const stop = is('StopContainer');
    const id = stop ?? is('StartContainer') ?? is('UpdateContainerResources') ?? is('RemoveContainer');
    const place = id && places.get(id.containerId);
    if (place) tell(place, operation, stop ? `${stop.timeoutSeconds} s` : '');
  };
  const learn = (operation: string, payload: unknown, answer: unknown): void => {
    if (operation === 'RunPodSandbox') {
      const { config } = payload as CriCalls['RunPodSandbox']['request'];
      const { podSandboxId } = answer as CriCalls['RunPodSandbox']['response'];
      places.set(podSandboxId, { namespace: config.namespace, pod: config.name, container: '' });
    } else if (operation === 'CreateContainer') {
      const { podSandboxId, config } = payload as CriCalls['CreateContainer']['request'];
      const { containerId } = answer as CriCalls['CreateContainer']['response'];
      places.set(containerId, { ...(places.get(podSandboxId) as Place), container: config.name });
    }
  };
  return (sys) => {
    const listenPath: Sys['listenPath'] = (path, spec) => {
      const { handler } = spec;
      if (!handler) return sys.listenPath(path, spec);
      return sys.listenPath(path, {
        ...spec,
        *handler(message, peer) {
          if (message.kind !== 'local') return yield* handler(message, peer);
          before(message.operation, message.payload);
          const answer: Message = yield* handler(message, peer);
          if (answer.kind === 'local-response' && answer.error === undefined)
            learn(message.operation, message.payload, answer.payload);
          return answer;
        },
      });
    };
    return runtime(Object.create(sys, { listenPath: { value: listenPath } }) as Sys);
  };
}
