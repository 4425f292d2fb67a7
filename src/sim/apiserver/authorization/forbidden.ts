import { goQuote } from '../../api/go-text.js';
import { failure, forbiddenRequest, type Status } from '../../api/status.js';
import type { Access } from './authorizer.js';

/** What a browser could take for HTML is not sent as such. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** How a sign that HTML knows is written in a message. */
export function entity(sign: string): string {
  return ENTITIES[sign] as string;
}

/** 403 as the filters for authorization and impersonation word it (responsewriters.ForbiddenStatusError). */
export function forbiddenAccess(user: string, info: Access, reason: string): Status {
  const suffix = reason === '' ? '' : `: ${reason}`;
  const message = `${describe(user, info).replace(/[&<>]/g, entity)}${suffix}`;
  if (!info.isResource) return failure(403, 'Forbidden', `forbidden: ${message}`, {});
  return forbiddenRequest({ group: info.group, resource: info.resource }, info.name, message);
}

function describe(user: string, info: Access): string {
  const who = `User ${goQuote(user)} cannot ${info.verb}`;
  if (!info.isResource) return `${who} path ${goQuote(info.path)}`;
  const resource = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`;
  const scope = info.namespace === '' ? 'at the cluster scope' : `in the namespace ${goQuote(info.namespace)}`;
  return `${who} resource ${goQuote(resource)} in API group ${goQuote(info.group)} ${scope}`;
}
