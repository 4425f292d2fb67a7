import type { PluginSetup } from '../plugin.js';
import { acl } from './acl.js';
import { cache } from './cache.js';
import { errors } from './errors.js';
import { forward } from './forward.js';
import { hosts } from './hosts.js';
import { kubernetes } from './kubernetes.js';
import { loadbalance } from './loadbalance.js';
import { log } from './log.js';
import { loop } from './loop.js';
import { rewrite } from './rewrite.js';
import { health, prometheus, ready, reload } from './serving.js';
import { template } from './template.js';
import { whoami } from './whoami.js';

/** What each directive of a Corefile sets up; the directives that are not here are known and do nothing. */
export const PLUGINS: Readonly<Record<string, PluginSetup>> = {
  acl,
  cache,
  errors,
  forward,
  health,
  hosts,
  kubernetes,
  loadbalance,
  log,
  loop,
  prometheus,
  ready,
  reload,
  rewrite,
  template,
  whoami,
};
