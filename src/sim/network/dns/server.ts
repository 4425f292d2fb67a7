import type { DnsAnswer, DnsQuestion } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ClusterView } from './cluster-names.js';
import { CorefileError, inZone, type ServerBlock } from './corefile.js';
import type { DnsHandler } from './plugin.js';
import { PLUGINS } from './plugins/index.js';

/** What a set of servers is built with. */
export interface ServerContext {
  readonly sys: Sys;
  /** The Corefile's path, for messages. */
  readonly path: string;
  clusterView(): ClusterView;
  log(line: string): void;
}

/** The servers of one port: the longest zone that fits a name answers it. */
export interface ZoneServer {
  readonly port: number;
  answer(question: DnsQuestion): Waiting<DnsAnswer>;
}

/** The end of every chain. */
const refuse: DnsHandler = function* refuse() {
  return { code: 'REFUSED', authoritative: false, records: [] };
};

/** Builds the servers of a Corefile. Throws `CorefileError` for what CoreDNS would not start with. */
export function buildServers(blocks: readonly ServerBlock[], context: ServerContext): ZoneServer[] {
  const byPort = new Map<number, { zone: string; handler: DnsHandler }[]>();
  for (const block of blocks) {
    const handler = buildChain(block, context);
    const zones = byPort.get(block.port) ?? [];
    for (const zone of block.zones) {
      if (zones.some((other) => other.zone === zone)) {
        throw new CorefileError(`cannot serve dns://${zone}:${block.port} - it is already defined`);
      }
      zones.push({ zone, handler });
    }
    byPort.set(block.port, zones);
  }
  return [...byPort].map(([port, zones]) => {
    const longestFirst = [...zones].sort((one, other) => other.zone.length - one.zone.length);
    return {
      port,
      *answer(question) {
        const server = longestFirst.find(({ zone }) => inZone(question.name.toLowerCase(), zone));
        return yield* (server?.handler ?? refuse)(question);
      },
    };
  });
}

function buildChain(block: ServerBlock, context: ServerContext): DnsHandler {
  let handler = refuse;
  for (const [name, setup] of [...PLUGINS].reverse()) {
    for (const directive of block.plugins.filter((plugin) => plugin.name === name).reverse()) {
      const fail = (message: string): never => {
        throw new CorefileError(`${context.path}:${directive.line} - Error during parsing: ${message}`);
      };
      handler = setup({ ...context, directive, zones: block.zones, clusterView: () => context.clusterView(), fail })(
        handler,
      );
    }
  }
  return handler;
}
