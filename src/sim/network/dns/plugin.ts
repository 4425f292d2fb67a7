import type { DnsAnswer, DnsQuestion, SocketAddress } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ClusterOptions, ClusterView } from './cluster-view.js';
import type { Dispenser } from './corefile/dispenser.js';
import type { DnsMetrics } from './dns-metrics.js';

/** A question on its way through a server's plugins. */
export interface DnsQuery {
  readonly question: DnsQuestion;
  readonly protocol: 'udp' | 'tcp';
  readonly client: SocketAddress;
  /** The address that the server listens at, `dns://:53`. */
  readonly server: string;
  /** The zone of the server block that the question came to. */
  readonly zone: string;
}

/** What a plugin answers. */
export interface DnsReply extends DnsAnswer {
  /** What went wrong, for the errors plugin. */
  readonly error?: string;
  /** The code alone was given back: the server writes the answer, and no plugin on the way sees one. */
  readonly unwritten?: boolean;
  /** No answer at all is sent. */
  readonly dropped?: boolean;
}

/** Answers a question, or asks the next plugin of the chain. */
export type DnsHandler = (query: DnsQuery) => Waiting<DnsReply>;

/** What all plugins of one running CoreDNS share. */
export interface ServerContext {
  readonly sys: Sys;
  readonly metrics: DnsMetrics;
  /** The cluster as the kubernetes plugin's watches know it; asking for it starts them. */
  clusterView(options: ClusterOptions): ClusterView;
  /** Writes a line to CoreDNS's log. */
  log(line: string): void;
  /** Ends CoreDNS with a last line in its log. */
  die(line: string): void;
  /** Has something done when all plugins are set up, before anybody is listened to. */
  onStart(start: () => Waiting<void>): void;
  /** Has something done at once while the server runs, until it is loaded anew. */
  background(work: () => Waiting<void>): void;
  /** Serves HTTP on a port for as long as this configuration is in force. */
  serve(plugin: string, address: string, paths: Readonly<Record<string, () => HttpText>>): void;
  /** What must be ready before the server says that it is. */
  readiness(plugin: string, ready: () => boolean): void;
  readonly unready: () => readonly string[];
  /** Has the Corefile looked at so often (microseconds). */
  reloadEvery(interval: Micros, jitter: Micros): void;
  /** Asks this server itself, as its upstream plugins do. */
  ask(query: DnsQuery): Waiting<DnsReply>;
}

export interface HttpText {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
}

/** What a plugin is set up with. */
export interface PluginContext extends ServerContext {
  /** The plugin's words in the server block, all its occurrences. */
  readonly words: Dispenser;
  /** The server block's zones. */
  readonly zones: readonly string[];
  readonly port: number;
}

/** Wraps the rest of a chain; undefined for a plugin that changes no answer. */
export type Wrap = (next: DnsHandler) => DnsHandler;

/** Reads a plugin's words for one server block. Throws `CorefileError`; any other message goes through `plugin.Error`. */
export type PluginSetup = (context: PluginContext) => Wrap | undefined;

/** An answer of one plugin alone, nothing written yet. */
export function onlyCode(code: DnsAnswer['code'], error?: string): DnsReply {
  return { code, authoritative: false, records: [], unwritten: true, ...(error === undefined ? {} : { error }) };
}
