import type { InstalledProgram } from '../kernel/installed-program.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** The tables of a rule set, with the line by which each is named. */
function tablesOf(text: string): { readonly name: string; readonly text: string }[] {
  return (text.match(/^table .*? \{\n[\s\S]*?^\}\n/gm) ?? []).map((table) => ({
    name: table.slice(0, table.indexOf(' {')),
    text: table,
  }));
}

function* run(sys: Sys): Waiting<number> {
  const words = sys.args.slice(1).filter((word) => !word.startsWith('-'));
  if (sys.args.includes('--version') || sys.args.includes('-v')) {
    yield* print(sys, 'nftables v1.0.9 (Old Doc Yak #3)\n');
    return 0;
  }
  if (sys.credentials.uid !== 0) {
    yield* printError(
      sys,
      'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n',
    );
    return 1;
  }
  const rules = sys.network().packetRules();
  const own = tablesOf(rules?.nftables() ?? '');
  const [command, what, ...rest] = words;
  if (command !== 'list') {
    yield* printError(sys, 'nft: rules cannot be changed by hand here\n');
    return 1;
  }
  if (what === 'tables') {
    const others = ([4, 6] as const).flatMap((family) =>
      (rules?.tables(family) ?? []).map(({ name }) => `table ${family === 4 ? 'ip' : 'ip6'} ${name}`),
    );
    yield* print(sys, [...others, ...own.map(({ name }) => name)].map((name) => `${name}\n`).join(''));
    return 0;
  }
  if (what === 'ruleset') {
    yield* print(sys, own.map(({ text }) => text).join(''));
    return 0;
  }
  const [family = 'ip', table = '', part] = rest.length > 1 ? rest : ['ip', rest[0] ?? ''];
  const found = own.find(({ name }) => name === `table ${family} ${table}`);
  const shown = what === 'table' ? found?.text : found && partOf(found.text, what ?? '', part ?? '', `${found.name} {`);
  if (shown === undefined) {
    const line = `list ${what} ${rest.join(' ')}`;
    const at = line.lastIndexOf(rest.at(-1) ?? '');
    const marks = `${' '.repeat(at)}${'^'.repeat((rest.at(-1) ?? '').length)}`;
    yield* printError(sys, `Error: No such file or directory\n${line}\n${marks}\n`);
    return 1;
  }
  yield* print(sys, shown);
  return 0;
}

function partOf(table: string, what: string, name: string, head: string): string | undefined {
  const start = table.indexOf(`\t${what} ${name} {\n`);
  if (start < 0) return undefined;
  return `${head}\n${table.slice(start, table.indexOf('\n\t}\n', start) + 4)}}\n`;
}

/** nft: the rules that kube-proxy makes in nftables mode. */
export const nft: InstalledProgram = { name: 'nft', paths: ['/usr/sbin/nft'], run };
