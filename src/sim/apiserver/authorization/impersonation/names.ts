import { dns1123Label, dns1123Subdomain } from '../../../api/names.js';

const NODE = 'system:node:';
const ACCOUNT = 'system:serviceaccount:';

/** The node a user name stands for. */
export function nodeName(user: string): string | undefined {
  if (!user.startsWith(NODE)) return undefined;
  const name = user.slice(NODE.length);
  return dns1123Subdomain(name).length === 0 ? name : undefined;
}

/** The service account a user name stands for. */
export function accountName(user: string): { namespace: string; name: string } | undefined {
  if (!user.startsWith(ACCOUNT)) return undefined;
  const [namespace = '', name = '', ...more] = user.slice(ACCOUNT.length).split(':');
  const valid = more.length === 0 && dns1123Label(namespace).length === 0 && dns1123Subdomain(name).length === 0;
  return valid ? { namespace, name } : undefined;
}
