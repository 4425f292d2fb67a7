import type { ValidatingAdmissionPolicy } from '../../api/types/admission.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { VALIDATING_ADMISSION_POLICIES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { typeWarnings } from './type-warnings.js';

const NAME = 'validatingadmissionpolicy-status-controller';
const MANAGER = 'validatingadmissionpolicy-status';

/** Tells in each policy's status which of its expressions do not fit the types of what it is for. */
export const validatingAdmissionPolicyStatusController: Controller = {
  name: NAME,
  start: (context) => new PolicyStatus(context).start(),
};

class PolicyStatus {
  private readonly policies: Informer<ValidatingAdmissionPolicy>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.policies = context.informer<ValidatingAdmissionPolicy>(VALIDATING_ADMISSION_POLICIES);
    this.queue = context.queue(MANAGER);
  }

  start(): void {
    const enqueue = ({ metadata }: ValidatingAdmissionPolicy) => this.queue.add(metadata.name ?? '');
    this.policies.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(name: string): Waiting<void> {
    const policy = this.policies.get(undefined, name);
    const generation = policy?.metadata.generation ?? 0;
    if (!policy || generation <= (policy.status?.observedGeneration ?? 0)) return;
    const { client, sys } = this.context;
    // Behind the names of types stand the nanoseconds of the second.
    const suffix = String((sys.now() % SECOND) * 1000);
    const expressionWarnings = yield* typeWarnings(client, policy.spec, suffix);
    const status = {
      observedGeneration: generation,
      typeChecking: expressionWarnings.length > 0 ? { expressionWarnings } : {},
    };
    const { group, version, kind } = VALIDATING_ADMISSION_POLICIES;
    const applied = { apiVersion: `${group}/${version}`, kind, metadata: { name }, status };
    const options = { fieldManager: MANAGER, force: true, subresource: 'status' };
    const type = 'application/apply-patch+yaml';
    yield* client.patch(VALIDATING_ADMISSION_POLICIES, name, undefined, type, applied, options);
  }
}
