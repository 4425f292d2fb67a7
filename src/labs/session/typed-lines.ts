import type { JournalEntry } from '../journal/entry.js';

/** What a person typed, as lines: erased characters are gone, other control keys are shown as `^C`. */
export function typedLines(entries: readonly JournalEntry[]): string[] {
  const bytes = entries.flatMap((entry) =>
    'input' in entry && entry.input.kind === 'type' ? [Buffer.from(entry.input.bytes)] : [],
  );
  const text = Buffer.concat(bytes)
    .toString('utf8')
    .replace(/\x1b\[20[01]~/g, '')
    .replace(/\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/g, '')
    .replace(/\r\n?/g, '\n');
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const shown = showLine(line);
    if (shown.trim() !== '') lines.push(shown);
  }
  return lines;
}

function showLine(line: string): string {
  const shown: string[] = [];
  for (const character of line) {
    const code = character.codePointAt(0) as number;
    if (code === 0x7f || code === 0x08) shown.pop();
    else if (code === 0x15) shown.length = 0;
    else if (code === 0x09) shown.push('⇥');
    else if (code < 0x20) shown.push(`^${String.fromCharCode(code + 0x40)}`);
    else shown.push(character);
  }
  return shown.join('');
}
