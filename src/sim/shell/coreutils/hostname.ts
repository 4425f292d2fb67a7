import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import { command } from './command.js';

/** `hostname`: the machine's name or addresses. */
export const hostname: Program = command(
  {
    name: 'hostname',
    usage: '[-a|-A|-d|-f|-i|-I|-s]',
    summary: 'Show the host name.',
    misuse: 255,
    version: '3.23',
    options: [
      'a alias : other names',
      'A all-fqdns : all long names',
      'd domain : the domain',
      'f fqdn long : the long name',
      'F file=FILE : (not allowed)',
      'i ip-address : the address of the name',
      'I all-ip-addresses : all addresses',
      's short : the name up to the first dot',
      'y yp nis : (not known here)',
      'b boot : (ignored)',
    ],
  },
  (context) => {
    const { sys } = context;
    const name = sys.hostname();
    if (context.operands.length > 0 || context.has('file'))
      return context.die('you must be root to change the host name');
    const long = longName(bytesToText(hosts()), name);
    const addresses = sys.network().addresses();
    if (context.has('all-ip-addresses')) context.print(`${addresses.join(' ')} \n`);
    else if (context.has('ip-address')) context.print(`${addresses[0] ?? '127.0.0.1'}\n`);
    else if (context.has('fqdn') || context.has('all-fqdns')) context.print(`${long}\n`);
    else if (context.has('domain')) context.print(`${long.includes('.') ? long.slice(long.indexOf('.') + 1) : ''}\n`);
    else if (context.has('short')) context.print(`${name.split('.')[0]}\n`);
    else if (context.has('alias')) context.print('\n');
    else context.print(`${name}\n`);
    return 0;

    function hosts(): Uint8Array {
      try {
        return sys.readFile('/etc/hosts');
      } catch {
        return new Uint8Array(0);
      }
    }
  },
);

/** The first name in the line of /etc/hosts that has this name. */
function longName(hosts: string, name: string): string {
  for (const line of hosts.split('\n')) {
    const [, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (names.includes(name)) return names[0] as string;
  }
  return name;
}
