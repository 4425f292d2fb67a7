import type { DnsAnswer, DnsQuestion } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ClusterView } from './cluster-names.js';
import type { Directive } from './corefile.js';

/** Answers a question, or asks the next plugin of the chain. */
export type DnsHandler = (question: DnsQuestion) => Waiting<DnsAnswer>;

/** What a plugin is set up with. */
export interface PluginContext {
  readonly sys: Sys;
  readonly directive: Directive;
  /** The server block's zones. */
  readonly zones: readonly string[];
  /** The cluster as the kubernetes plugin's watches know it; asking for it starts them. */
  clusterView(): ClusterView;
  /** Writes a line to CoreDNS's log. */
  log(line: string): void;
  /** A Corefile error for this directive, in the words of `plugin.Error`. */
  fail(message: string): never;
}

/** Sets a plugin up for one server block; the handler it returns wraps the rest of the chain. */
export type PluginSetup = (context: PluginContext) => (next: DnsHandler) => DnsHandler;
