import {
  type Check,
  containersOf,
  distinct,
  type JudgePod,
  namedContainers,
  namesWhere,
  quoted,
  unlessWindows,
} from '../violation.js';

const judge: JudgePod = (spec) => {
  const keeping = namesWhere(spec, ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
  const added: string[] = [];
  const adding: string[] = [];
  for (const { name, securityContext } of containersOf(spec)) {
    const more = (securityContext?.capabilities?.add ?? []).filter((one) => one !== 'NET_BIND_SERVICE');
    added.push(...more);
    if (more.length > 0) adding.push(name);
  }
  const details: string[] = [];
  if (keeping.length > 0)
    details.push(`${namedContainers(keeping)} must set securityContext.capabilities.drop=["ALL"]`);
  if (adding.length > 0) {
    const what = quoted(distinct(added));
    details.push(`${namedContainers(adding)} must not include ${what} in securityContext.capabilities.add`);
  }
  return details.length === 0 ? undefined : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const replaces = ['capabilities_baseline'];

/** All capabilities are dropped; NET_BIND_SERVICE alone may come back. */
export const CAPABILITIES_RESTRICTED: Check = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { since: 22, judge, replaces },
    { since: 25, judge: unlessWindows(judge), replaces },
  ],
};
