import type { NodeCondition } from '../../api/types/node.js';

interface Words {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

const WELL: readonly Words[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
];

const UNDER: Readonly<Record<string, Words>> = {
  MemoryPressure: {
    type: 'MemoryPressure',
    status: 'True',
    reason: 'KubeletHasInsufficientMemory',
    message: 'kubelet has insufficient memory available',
  },
  DiskPressure: {
    type: 'DiskPressure',
    status: 'True',
    reason: 'KubeletHasDiskPressure',
    message: 'kubelet has disk pressure',
  },
  PIDPressure: {
    type: 'PIDPressure',
    status: 'True',
    reason: 'KubeletHasInsufficientPID',
    message: 'kubelet has insufficient PID available',
  },
};

/** The words of the events that tell of a condition's change. */
export const PRESSURE_EVENTS: Readonly<Record<string, readonly [well: string, under: string]>> = {
  MemoryPressure: ['NodeHasSufficientMemory', 'NodeHasInsufficientMemory'],
  DiskPressure: ['NodeHasNoDiskPressure', 'NodeHasDiskPressure'],
  PIDPressure: ['NodeHasSufficientPID', 'NodeHasInsufficientPID'],
};

/** kubelet's conditions of its node; `problem` is why it is not ready. Others' conditions are kept. */
export function nodeConditions(
  before: readonly NodeCondition[],
  problem: string | undefined,
  now: string,
  isUnder: (condition: string) => boolean = () => false,
): NodeCondition[] {
  const ready: Words =
    problem === undefined
      ? { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
      : { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: problem };
  const own = [...WELL.map((words) => (isUnder(words.type) ? (UNDER[words.type] ?? words) : words)), ready].map(
    (words): NodeCondition => {
      const old = before.find(({ type }) => type === words.type);
      const since = old?.status === words.status ? (old.lastTransitionTime ?? now) : now;
      return { ...words, lastHeartbeatTime: now, lastTransitionTime: since };
    },
  );
  return [...before.filter(({ type }) => !own.some((condition) => condition.type === type)), ...own];
}

/** Whether anything but heartbeats changed. */
export function conditionsDiffer(before: readonly NodeCondition[], after: readonly NodeCondition[]): boolean {
  return after.some((condition) => {
    const old = before.find(({ type }) => type === condition.type);
    return old?.status !== condition.status || old.reason !== condition.reason || old.message !== condition.message;
  });
}
