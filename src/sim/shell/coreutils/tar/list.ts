import { SECOND } from '../../../kernel/time.js';
import { strftime } from '../../format/strftime.js';
import { civilMicros, zoneOfProcess } from '../clock.js';
import type { Context } from '../command.js';
import { compileGlob } from '../glob.js';
import { modeString } from '../modes.js';
import type { Member } from './format.js';

/** Prints the members that the operands name, or all. */
export function listMembers(context: Context, members: readonly Member[]): void {
  for (const member of chosenMembers(context, members)) {
    context.print(`${context.has('verbose') ? memberLine(context, member) : member.name}\n`);
  }
}

/** The members that the operands name (with what is below), or all; names that are not there are reported. */
export function chosenMembers(context: Context, members: readonly Member[]): Member[] {
  const wanted = context.operands.map((name) => ({
    name: name.replace(/\/+$/, ''),
    found: false,
    glob: context.has('wildcards') ? compileGlob(name) : undefined,
  }));
  const excluded = context.options.values('exclude').map((glob) => compileGlob(glob));
  const result = members.filter((member) => {
    const name = member.name.replace(/\/+$/, '');
    if (excluded.some((glob) => glob.test(name) || glob.test(name.slice(name.lastIndexOf('/') + 1)))) return false;
    if (wanted.length === 0) return true;
    const matches = wanted.filter(
      (want) => want.glob?.test(name) || name === want.name || name.startsWith(`${want.name}/`),
    );
    for (const match of matches) match.found = true;
    return matches.length > 0;
  });
  for (const want of wanted) if (!want.found) context.fail(`${want.name}: Not found in archive`, 2);
  return result;
}

const TYPES = { file: 'file', link: 'file', directory: 'directory', symlink: 'symlink' } as const;

/** A line of `tar -tv`. */
export function memberLine(context: Context, member: Member): string {
  const numeric = context.has('numeric-owner');
  const owner = `${numeric || !member.user ? member.uid : member.user}/${numeric || !member.group ? member.gid : member.group}`;
  const size = String(member.content.length);
  const time = strftime('%Y-%m-%d %H:%M', civilMicros(member.modified * SECOND, zoneOfProcess(context.sys)));
  const mode = modeString(TYPES[member.kind], member.mode).replace(/^./, (letter) =>
    member.kind === 'link' ? 'h' : letter,
  );
  const target =
    member.kind === 'symlink' ? ` -> ${member.target}` : member.kind === 'link' ? ` link to ${member.target}` : '';
  return `${mode} ${owner} ${size.padStart(Math.max(0, 18 - owner.length))} ${time} ${member.name}${target}`;
}
