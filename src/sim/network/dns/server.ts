import type { Waiting } from '../../kernel/wait.js';
import { DIRECTIVES } from './corefile/directives.js';
import { Dispenser } from './corefile/dispenser.js';
import type { ServerBlock } from './corefile/parse-corefile.js';
import { CorefileError } from './corefile/tokens.js';
import { inZone } from './corefile/zone-name.js';
import { type DnsHandler, type DnsQuery, type DnsReply, onlyCode, type ServerContext, type Wrap } from './plugin.js';
import { PLUGINS } from './plugins/index.js';

/** One port: the longest zone that fits a name answers it. */
export interface PortServer {
  readonly port: number;
  readonly zones: readonly string[];
  /** The plugins of its server blocks, for the metrics. */
  readonly plugins: readonly { readonly zone: string; readonly name: string }[];
  answer(query: Omit<DnsQuery, 'zone'>): Waiting<DnsReply>;
}

/** Says of a message which plugin it is about, as CoreDNS does of all that plugins complain of while they are set up. */
class PluginError extends CorefileError {
  constructor(plugin: string, message: string) {
    super(`plugin/${plugin}: ${message}`);
  }
}

/**
 * Builds the servers of a Corefile: plugin by plugin in their own order, each for all server blocks. Throws
 * `CorefileError` for what CoreDNS would not start with.
 */
export function buildServers(blocks: readonly ServerBlock[], path: string, context: ServerContext): PortServer[] {
  const chains = blocks.map((): [string, Wrap][] => []);
  for (const name of DIRECTIVES) {
    for (const [at, { zones, directives }] of blocks.entries()) {
      const tokens = directives.get(name);
      const setup = PLUGINS[name];
      if (!tokens || !setup) continue;
      const words = new Dispenser(path, tokens);
      const own = { words, zones: zones.map(({ zone }) => zone), port: zones[0]?.port ?? 53 };
      const wrap = named(name, () => setup({ ...context, ...own }));
      if (wrap) chains[at]?.push([name, wrap]);
    }
  }
  const handlers = chains.map(chainOf);
  const byPort = new Map<number, { zone: string; handler: DnsHandler | undefined; block: number }[]>();
  for (const [block, { zones }] of blocks.entries()) {
    for (const { zone, port, transport } of zones) {
      const known = byPort.get(port) ?? [];
      if (known.some((other) => other.zone === zone))
        throw new CorefileError(`cannot serve ${transport}://${zone}:${port} - it is already defined`);
      known.push({ zone, handler: handlers[block], block });
      byPort.set(port, known);
    }
  }
  return [...byPort].map(([port, zones]) => ({
    port,
    zones: zones.map(({ zone }) => zone),
    plugins: zones.flatMap(({ zone, block }) =>
      [...(blocks[block]?.directives.keys() ?? [])].map((name) => ({ zone, name })),
    ),
    answer: (query) => answerBy(zones, query),
  }));
}

function* answerBy(
  zones: readonly { zone: string; handler: DnsHandler | undefined }[],
  query: Omit<DnsQuery, 'zone'>,
): Waiting<DnsReply> {
  const name = query.question.name.toLowerCase();
  if (query.question.class !== undefined) return onlyCode('REFUSED');
  let best: (typeof zones)[number] | undefined;
  for (const one of zones) if (inZone(name, one.zone) && one.zone.length > (best?.zone.length ?? -1)) best = one;
  return best?.handler ? yield* best.handler({ ...query, zone: best.zone }) : onlyCode('REFUSED');
}

function named<T>(plugin: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CorefileError) throw new PluginError(plugin, error.message);
    throw error;
  }
}

/** Who stands last in a chain has nobody to hand on to, and says so. */
function chainOf(wraps: readonly (readonly [name: string, wrap: Wrap])[]): DnsHandler | undefined {
  let handler: DnsHandler | undefined;
  for (const [name, wrap] of [...wraps].reverse()) {
    const next = handler;
    const last = onlyCode('SERVFAIL', `plugin/${name}: no next plugin found`);
    handler = wrap(
      next ??
        function* nobody() {
          return last;
        },
    );
  }
  return handler;
}
