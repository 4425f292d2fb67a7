import { isIpv6 } from '../../addresses.js';
import type { PluginSetup } from '../plugin.js';

/** The whoami plugin: tells the asker's own address and port. */
export const whoami: PluginSetup = ({ words }) => {
  words.next();
  if (words.nextArgument()) words.wrongCount();
  return () =>
    function* answer({ question, client, protocol }) {
      const { name } = question;
      const additional = [
        { name, type: isIpv6(client.address) ? ('AAAA' as const) : ('A' as const), ttl: 0, data: client.address },
        {
          name: `_${protocol}.${name === '.' ? '' : name}`,
          type: 'SRV' as const,
          ttl: 0,
          data: `0 0 ${client.port} .`,
        },
      ];
      return { code: 'NOERROR', authoritative: true, records: [], additional };
    };
};
