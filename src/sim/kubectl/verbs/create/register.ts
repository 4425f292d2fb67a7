import type { Command } from '../../cobra/command.js';
import { clusterrole } from './clusterrole.js';
import { clusterrolebinding } from './clusterrolebinding.js';
import { configmap } from './configmap.js';
import { cronjob } from './cronjob.js';
import { deployment } from './deployment.js';
import { ingress } from './ingress.js';
import { job } from './job.js';
import { namespace } from './namespace.js';
import { poddisruptionbudget } from './poddisruptionbudget.js';
import { priorityclass } from './priorityclass.js';
import { quota } from './quota.js';
import { role } from './role.js';
import { rolebinding } from './rolebinding.js';
import { secret } from './secret.js';
import { service } from './service.js';
import { serviceaccount } from './serviceaccount.js';
import { token } from './token.js';

/** What `kubectl create` can build, in alphabetical order. */
export const GENERATORS: readonly Command[] = [
  clusterrole,
  clusterrolebinding,
  configmap,
  cronjob,
  deployment,
  ingress,
  job,
  namespace,
  poddisruptionbudget,
  priorityclass,
  quota,
  role,
  rolebinding,
  secret,
  service,
  serviceaccount,
  token,
];
