import type { SELinuxOptions } from '../../../../api/types/pod.js';
import { type Check, containersOf, distinct, type JudgePod, plural, quoted, setters } from '../violation.js';

const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

const judgeWith =
  (allowed: readonly string[]): JudgePod =>
  (spec) => {
    const types: string[] = [];
    let user = false;
    let role = false;
    const isBad = (options: SELinuxOptions | undefined): boolean => {
      if (options == null) return false;
      const { type = '' } = options;
      const forbidden = !allowed.includes(type);
      if (forbidden) types.push(type);
      if (options.user) user = true;
      if (options.role) role = true;
      return forbidden || !!options.user || !!options.role;
    };
    const pod = isBad(spec.securityContext?.seLinuxOptions);
    const containers = containersOf(spec).filter(({ securityContext }) => isBad(securityContext?.seLinuxOptions));
    const who = setters(
      pod,
      containers.map(({ name }) => name),
    );
    if (who === '') return undefined;
    const bad = distinct(types);
    const what = [
      ...(bad.length > 0 ? [`${plural('type', 'types', bad.length)} ${quoted(bad)}`] : []),
      ...(user ? ['user may not be set'] : []),
      ...(role ? ['role may not be set'] : []),
    ];
    const detail = `${who} set forbidden securityContext.seLinuxOptions: ${what.join('; ')}`;
    return { reason: 'seLinuxOptions', detail };
  };

/** SELinux types that confine a container; no user, no role. */
export const SE_LINUX_OPTIONS: Check = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: 0, judge: judgeWith(TYPES) },
    { since: 31, judge: judgeWith([...TYPES, 'container_engine_t']) },
  ],
};
