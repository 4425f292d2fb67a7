import { goQuote } from '../../../../api/go-text.js';
import { unconfined } from '../seccomp.js';
import { type Check, containersOf, distinct, type JudgePod, plural } from '../violation.js';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATIONS = 'container.seccomp.security.alpha.kubernetes.io/';

const isAllowed = (value: string): boolean =>
  value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');

/** Before there were fields there were annotations. */
const judgeAnnotations: JudgePod = (spec, { annotations = {} }) => {
  const keys = [POD_ANNOTATION, ...containersOf(spec).map(({ name }) => `${CONTAINER_ANNOTATIONS}${name}`)];
  const bad = distinct(
    keys.flatMap((key) => {
      const value = annotations[key];
      return value === undefined || isAllowed(value) ? [] : [`${key}=${goQuote(value)}`];
    }),
  );
  if (bad.length === 0) return undefined;
  const detail = `forbidden ${plural('annotation', 'annotations', bad.length)} ${bad.join(', ')}`;
  return { reason: 'seccompProfile', detail };
};

/** Nobody asks for all system calls. */
export const SECCOMP_PROFILE_BASELINE: Check = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { since: 0, judge: judgeAnnotations },
    { since: 19, judge: unconfined },
  ],
};
