import type { PluginSetup } from '../plugin.js';
import { forward } from './forward.js';
import { hosts } from './hosts.js';
import { kubernetes } from './kubernetes.js';
import { log } from './log.js';
import { rewrite } from './rewrite.js';

/**
 * Plugins that change what is answered, in the order CoreDNS was compiled with (its plugin.cfg), which is the order
 * they act in whatever the Corefile's order. The others are accepted and change no answer.
 */
export const PLUGINS: readonly (readonly [name: string, setup: PluginSetup])[] = [
  ['log', log],
  ['rewrite', rewrite],
  ['hosts', hosts],
  ['kubernetes', kubernetes],
  ['forward', forward],
];
