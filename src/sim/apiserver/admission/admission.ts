import type { JsonObject, KubeObject } from '../../api/object.js';
import { madeOnce } from '../../kernel/made-once.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import type { Annotate } from '../audit/trail.js';
import { decided, mayWait } from '../authorization/decide.js';
import type { ServerParts } from '../parts.js';
import type { UserInfo } from '../request/user-info.js';
import type { ServedKind } from '../served-kind.js';
import { knownReinvocation } from './reinvocation.js';

/** What somebody is about to do to an object. */
export interface AdmissionRequest {
  readonly parts: ServerParts;
  readonly store: Store;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly kind: ServedKind;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** The object as it is to be; mutating steps change it. Undefined for a delete. */
  readonly object: KubeObject | undefined;
  /** The object as it is. Shared. */
  readonly old: KubeObject | undefined;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  readonly warnings: Set<string>;
  /** Tells the request's audit event something; undefined when nothing is logged. */
  readonly annotate?: Annotate | undefined;
  /** The request's options as an object of meta.k8s.io/v1, put together when somebody asks. */
  readonly options?: (() => JsonObject) | undefined;
}

/**
 * What a plug-in does: in virtual time where it waits for something of its own accord, else at once; then it may ask what
 * somebody may do, and is done again when that has to be waited for.
 */
type Step = (request: AdmissionRequest) => Waiting<void> | void;

/** One admission plug-in. Refusals are thrown as StatusError. */
export interface Admission {
  readonly name: string;
  /** First all plug-ins may change the object … */
  readonly mutate?: Step;
  /** … then all judge the result. */
  readonly validate?: Step;
}

/** Runs the changing half of a chain, in order; once more when a webhook or policy has changed the object. */
export function* mutateAll(chain: readonly Admission[], request: AdmissionRequest): Waiting<void> {
  yield* mutateOnce(chain, request);
  const reinvocation = knownReinvocation(request);
  if (!reinvocation?.isNeeded) return;
  reinvocation.isAgain = true;
  yield* mutateOnce(chain, request);
}

function* mutateOnce(chain: readonly Admission[], request: AdmissionRequest): Waiting<void> {
  yield* runAll(chain, request, 'mutate');
}

/** Runs the judging half of a chain, in order. */
export function* validateAll(chain: readonly Admission[], request: AdmissionRequest): Waiting<void> {
  yield* runAll(chain, request, 'validate');
}

/** Those of a chain that have something to do in each half. */
const halves = madeOnce((chain: readonly Admission[]) => ({
  mutate: chain.filter(({ mutate }) => mutate),
  validate: chain.filter(({ validate }) => validate),
}));

function* runAll(chain: readonly Admission[], request: AdmissionRequest, half: 'mutate' | 'validate'): Waiting<void> {
  const { parts } = request;
  const waits = mayWait(parts);
  for (const plugin of halves(chain)[half]) {
    const waiting = waits ? yield* decided(parts, () => plugin[half]?.(request)) : plugin[half]?.(request);
    if (waiting) yield* waiting;
  }
}
