import type { Command } from '../cobra/command.js';
import { alpha } from './alpha.js';
import { annotate } from './annotate.js';
import { apiResources } from './api-resources.js';
import { apiVersions } from './api-versions.js';
import { apply } from './apply.js';
import { attach } from './attach.js';
import { auth } from './auth.js';
import { autoscale } from './autoscale.js';
import { certificate } from './certificate.js';
import { clusterInfo } from './cluster-info.js';
import { completion } from './completion.js';
import { config } from './config.js';
import { cordon } from './cordon.js';
import { cp } from './cp.js';
import { create } from './create.js';
import { debug } from './debug.js';
import { deleteVerb } from './delete.js';
import { describe } from './describe.js';
import { diff } from './diff.js';
import { drain } from './drain.js';
import { edit } from './edit.js';
import { events } from './events.js';
import { exec } from './exec.js';
import { explain } from './explain.js';
import { expose } from './expose.js';
import { get } from './get.js';
import { kustomize } from './kustomize.js';
import { label } from './label.js';
import { logs } from './logs.js';
import { options } from './options.js';
import { patch } from './patch.js';
import { plugin } from './plugin.js';
import { portForward } from './port-forward.js';
import { proxy } from './proxy.js';
import { replace } from './replace.js';
import { rollout } from './rollout.js';
import { run } from './run.js';
import { scale } from './scale.js';
import { set } from './set.js';
import { taint } from './taint.js';
import { top } from './top.js';
import { uncordon } from './uncordon.js';
import { version } from './version.js';
import { wait } from './wait.js';

/** Every verb, in alphabetical order. */
export const VERBS: readonly Command[] = [
  alpha,
  annotate,
  apiResources,
  apiVersions,
  apply,
  attach,
  auth,
  autoscale,
  certificate,
  clusterInfo,
  completion,
  config,
  cordon,
  cp,
  create,
  debug,
  deleteVerb,
  describe,
  diff,
  drain,
  edit,
  events,
  exec,
  explain,
  expose,
  get,
  kustomize,
  label,
  logs,
  options,
  patch,
  plugin,
  portForward,
  proxy,
  replace,
  rollout,
  run,
  scale,
  set,
  taint,
  top,
  uncordon,
  version,
  wait,
];
