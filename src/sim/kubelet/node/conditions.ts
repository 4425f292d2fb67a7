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

/** kubelet's conditions of its node; `problem` is why it is not ready. Others' conditions are kept. */
export function nodeConditions(
  before: readonly NodeCondition[],
  problem: string | undefined,
  now: string,
): NodeCondition[] {
  const ready: Words =
    problem === undefined
      ? { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
      : { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: problem };
  const own = [...WELL, ready].map((words): NodeCondition => {
    const old = before.find(({ type }) => type === words.type);
    const since = old?.status === words.status ? (old.lastTransitionTime ?? now) : now;
    return { ...words, lastHeartbeatTime: now, lastTransitionTime: since };
  });
  return [...before.filter(({ type }) => !own.some((condition) => condition.type === type)), ...own];
}

/** Whether anything but heartbeats changed. */
export function conditionsDiffer(before: readonly NodeCondition[], after: readonly NodeCondition[]): boolean {
  return after.some((condition) => {
    const old = before.find(({ type }) => type === condition.type);
    return old?.status !== condition.status || old.reason !== condition.reason || old.message !== condition.message;
  });
}
