import { ClusterError, type WorldSpec } from '../port.js';
import type { ApiSide } from '../real/api-side.js';
import { applyManifests } from '../real/manifests.js';
import type { OpenHow } from '../real/real-cluster.js';
import { makeFault } from './faults.js';
import type { Nodes } from './nodes.js';
import { StepTeller } from './step-teller.js';

type WorldStep = NonNullable<WorldSpec['steps']>[number];

/** Whose world it is. */
export interface StepHands {
  readonly api: ApiSide;
  readonly nodes: Nodes;
}

const SETTLE_SECONDS = 300;
const RUN_SECONDS = 300;

/** Makes a world's steps in order. Ages are passed over: real time cannot be had at will. Throws `ClusterError`. */
export async function makeSteps(hands: StepHands, steps: readonly WorldStep[], how: OpenHow): Promise<void> {
  const made = steps.filter((step) => !('age' in step));
  const teller = new StepTeller(how, made.length);
  for (const [index, step] of made.entries()) {
    if (how.signal?.aborted) throw new ClusterError('It was given up.');
    teller.next(`${stepWords(step)}${made.length > 1 ? ` (${index + 1} of ${made.length})` : ''}`);
    await makeStep(hands, step, how).catch((error: unknown) => {
      if (!(error instanceof ClusterError) || how.signal?.aborted) throw error;
      throw new ClusterError(`Step ${index + 1} of the task's world, ${stepName(step)}: ${error.message}`);
    });
  }
}

/** Which of the steps it is, to who knows the lab. */
function stepName(step: WorldStep): string {
  if ('manifests' in step) return 'its objects';
  if ('file' in step) return `the file ${step.file.path} on ${step.file.host}`;
  if ('run' in step) return `commands on ${step.run.host}`;
  if ('fault' in step) return `the fault ${step.fault.name}`;
  return 'coming to rest';
}

function stepWords(step: WorldStep): string {
  if ('manifests' in step) return 'making the objects of the task';
  if ('settle' in step) return 'waiting until nothing changes any more';
  if ('file' in step) return 'writing files';
  if ('run' in step) return 'running the commands of the task';
  return 'preparing the task';
}

async function makeStep({ api, nodes }: StepHands, step: WorldStep, how: OpenHow): Promise<void> {
  if ('manifests' in step) {
    await applyManifests(api, step.manifests, { signal: how.signal, attempt: how.attempt });
  } else if ('settle' in step) {
    await api.settle(step.settle === true ? SETTLE_SECONDS : step.settle.seconds_max, { signal: how.signal });
  } else if ('fault' in step) {
    const { name, node } = step.fault;
    const request: ApiSide['request'] = (asked) => api.request(asked);
    await makeFault(name, { request, nodes, host: typeof node === 'string' ? node : 'controlplane' });
  } else if ('run' in step) {
    const { host, as = 'root', script } = step.run;
    const { code, stdout, stderr } = await nodes.run(host, as, ['bash', '-e', '-c', script], {
      timeoutSeconds: RUN_SECONDS,
      signal: how.signal,
    });
    if (how.signal?.aborted) throw new ClusterError('It was given up.');
    if (code !== 0) throw new ClusterError(endedWith(code, stderr || stdout));
  } else if ('file' in step) {
    const { host, path, content, owner = 'root', mode = '0644' } = step.file;
    await nodes.script(host, fileScript(content), [path, owner, mode]);
  } else if ('load' in step) {
    throw new ClusterError('A kind cluster cannot be given load.');
  }
}

function endedWith(code: number, said: string): string {
  const words = said.trim().slice(-500);
  if (code === 124) return `they did not end within ${RUN_SECONDS} seconds${words === '' ? '' : `: ${words}`}`;
  return `they ended with ${code}${words === '' ? '' : `: ${words}`}`;
}

/** The content goes in the script itself, in an alphabet that no shell heeds. */
function fileScript(content: string): string {
  const encoded = Buffer.from(content)
    .toString('base64')
    .replace(/(.{76})/g, '$1\n');
  return `set -eu
mkdir -p "$(dirname "$1")"
base64 -d > "$1" <<'CONTENT'
${encoded}
CONTENT
chown "$2" "$1"
chmod "$3" "$1"
`;
}
