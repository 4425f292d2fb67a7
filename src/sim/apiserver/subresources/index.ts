import type { Verb } from '../verbs/verb.js';
import { approvalSubresource } from './approval.js';
import { bindingSubresource } from './binding.js';
import { ephemeralContainersSubresource } from './ephemeral-containers.js';
import { evictionSubresource } from './eviction.js';
import { finalizeSubresource } from './finalize.js';
import { execSubresource, logSubresource } from './kubelet-streams.js';
import { proxySubresource } from './proxy.js';
import { resizeSubresource } from './resize.js';
import { scaleSubresource } from './scale.js';
import { statusSubresource } from './status.js';
import { tokenSubresource } from './token.js';

/** The subresources this server knows to serve, alphabetically. */
export const SUBRESOURCES: Readonly<Record<string, Verb>> = {
  approval: approvalSubresource,
  attach: execSubresource,
  binding: bindingSubresource,
  ephemeralcontainers: ephemeralContainersSubresource,
  eviction: evictionSubresource,
  exec: execSubresource,
  finalize: finalizeSubresource,
  log: logSubresource,
  portforward: execSubresource,
  proxy: proxySubresource,
  resize: resizeSubresource,
  scale: scaleSubresource,
  status: statusSubresource,
  token: tokenSubresource,
};
