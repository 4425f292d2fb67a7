/** Fields that are harmless unless they are true. */
const OF_NODES = new Set(['hostIPC', 'hostNetwork', 'hostPID', 'hostProcess', 'privileged']);
/**
 * Capabilities that containers may add and stay within: what the Pod Security Standards' baseline lets them, and what concerns
 * their own network (NET_ADMIN) and the processes they see (SYS_PTRACE, which `kubectl debug` asks for) only.
 */
const OWN_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
  'SYS_PTRACE',
]);
/** Where a step of a JSON patch leads: its value need not name the field. */
const PATCHED = /\/(?:capabilities|host(?:IPC|Network|PID|Path|Port|Process)|local|privileged|procMount)(?:\/|$)/;

/** Whether what is written gives containers something of their node's: its files, its networks, its processes, its rights. */
export function reachesNodes(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(reachesNodes);
  if (value === null || typeof value !== 'object') return false;
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields['op'] === 'string' && PATCHED.test(String(fields['path']))) return true;
  return Object.entries(fields).some(([field, inner]) => isOfNodes(field, inner) || reachesNodes(inner));
}

function isOfNodes(field: string, value: unknown): boolean {
  if (OF_NODES.has(field)) return value === true;
  if (field === 'hostPath') return value !== null;
  if (field === 'hostPort') return typeof value === 'number' && value > 0;
  if (field === 'procMount') return value === 'Unmasked';
  // A volume that is a folder of one node.
  if (field === 'local') return typeof (value as { path?: unknown } | null)?.path === 'string';
  if (field !== 'capabilities') return false;
  const { add } = (value ?? {}) as { add?: unknown };
  return Array.isArray(add) && add.some((one) => !OWN_CAPABILITIES.has(String(one)));
}
