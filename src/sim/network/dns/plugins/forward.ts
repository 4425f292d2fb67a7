import { askServer } from '../../../client/resolver.js';
import { decodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { SECOND } from '../../../kernel/time.js';
import { inZone, zoneName } from '../corefile.js';
import type { PluginContext, PluginSetup } from '../plugin.js';

/** CoreDNS gives an upstream two seconds to answer, and tries each once. */
const READ_TIMEOUT = 2 * SECOND;

/** The forward plugin: what is not ours is asked of other servers, named or found in a resolv.conf. */
export const forward: PluginSetup = (context) => {
  const { directive, sys, log, fail } = context;
  const [from, ...to] = directive.args;
  if (from === undefined || to.length === 0)
    fail(`Wrong argument count or unexpected line ending after '${from ?? 'forward'}'`);
  const zone = zoneName(from as string);
  const except = directive.block.filter(({ name }) => name === 'except').flatMap(({ args }) => args.map(zoneName));
  const servers = to.flatMap((target) => upstreams(context, target));
  return (next) =>
    function* answer(question) {
      const name = question.name.toLowerCase();
      if (!inZone(name, zone) || except.some((other) => inZone(name, other))) return yield* next(question);
      for (const { address, port } of servers) {
        const found = yield* askServer(sys, address, port, question, READ_TIMEOUT);
        if (typeof found !== 'string') return found;
        const cause = found === 'refused' ? 'read: connection refused' : 'i/o timeout';
        log(
          `[ERROR] plugin/errors: 2 ${question.name} ${question.type}: read udp ${sys.network().addresses()[0]}:0->${address}:${port}: ${cause}`,
        );
      }
      return { code: 'SERVFAIL', authoritative: false, records: [] };
    };
};

function upstreams({ sys, fail }: PluginContext, target: string): { address: string; port: number }[] {
  const match = /^(?:dns:\/\/)?(\d+\.\d+\.\d+\.\d+)(?::(\d+))?$/.exec(target);
  if (match) return [{ address: match[1] as string, port: Number(match[2] ?? 53) }];
  if (!target.startsWith('/')) return fail(`not an IP address or file: "${target}"`);
  try {
    const lines = decodeText(sys.readFile(target)).split('\n');
    const found = lines.flatMap((line) => /^nameserver\s+(\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1] ?? []);
    return found.length > 0 ? found.map((address) => ({ address, port: 53 })) : fail(`no nameservers found`);
  } catch (error) {
    if (isErrno(error)) return fail(`not an IP address or file: "${target}"`);
    throw error;
  }
}
