import type { LabRule, Report } from '../rule.js';
import { readScript, type ScriptLine } from '../script-lines.js';
import { scriptsOf } from '../texts.js';

/** Commands that only a key or a signal ends. */
const ENDLESS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\b(?:k|kubectl)\b.*\s(?:-w|--watch(?:-only)?(?:=true)?)(?=\s|$)/, 'kubectl wait or kubectl rollout status'],
  [/\b(?:k|kubectl)\b.*\blogs?\b.*\s(?:-f|--follow(?:=true)?)(?=\s|$)/, 'kubectl logs without --follow'],
  [/\b(?:k|kubectl)\b.*\b(?:port-forward|proxy|attach)\b/, 'it in the background (&)'],
  [/(?:^|[;&|]\s*)(?:sudo\s+)?watch\s/, 'the command itself'],
  [/(?:^|[;&|]\s*)(?:sudo\s+)?tail\s.*(?:-[0-9n]*[fF]|--follow)\b/, 'tail -n'],
  [/\bjournalctl\b.*\s(?:-\w*f|--follow)(?=\s|$)/, 'journalctl --no-pager'],
  [/(?:^|[;&|]\s*)sleep\s+inf(?:inity)?\b/, 'a sleep that ends'],
  [/(?:^|[;&|]\s*)(?:sudo\s+)?(?:top|htop|crictl stats|crictl logs -f)\s*$/, 'top -bn1'],
  [/(?:^|[;&|]\s*)while (?:true|:)\s*;(?!.*\bbreak\b)/, 'a loop that ends'],
];
const BOUNDED = /\btimeout\s|&\s*$/;

/** Programs that take keys as they are pressed. */
const EDITORS =
  /\b(?:vi|vim|view|vimdiff|nano|less|more|man|top|htop|visudo|passwd|ssh|sudo|read|watch|tmux|python3?|etcdctl|psql|mysql)\b|\bedit\b|\bcrontab\s+-e\b|--editor|--interactive|\s-(?:it?|ti)\b|\blogs?\b.*-f/;

const waitsInVain: LabRule = {
  name: 'waits-in-vain',
  says: 'each line of a script ends by itself',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    eachLine(content, (line, path, lines, index) => {
      if (line.kind !== 'command' || BOUNDED.test(line.text) || lines[index + 1]?.kind === 'keys') return;
      const found = ENDLESS.find(([pattern]) => pattern.test(line.text));
      if (found) report(path, `\`${line.text.trim()}\` never ends`, `write ${found[1]}`);
    });
  },
};

const keysOutsideEditor: LabRule = {
  name: 'keys-outside-editor',
  says: 'keys: follows a command that opens an editor or another program that reads keys',
  remedy: 'type the command that opens it on the line before',
  severity: 'error',
  check({ content }, report) {
    eachLine(content, (line, path, lines, index) => {
      if (line.kind !== 'keys') return;
      const opener = lines.slice(0, index).findLast(({ kind }) => kind !== 'keys');
      if (!opener || !EDITORS.test(opener.text)) report(path, `\`${line.text.trim()}\` is typed where nothing is open`);
    });
  },
};

const openHereDocument: LabRule = {
  name: 'open-here-document',
  says: 'each here-document ends with its word on a line of its own',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    for (const { path, script } of scriptsOf(content)) {
      const { openWord } = readScript(script);
      if (openWord !== undefined)
        report(path, `the here-document does not end`, `write ${openWord} on a line of its own, at its very beginning`);
    }
  },
};

const openQuote: LabRule = {
  name: 'open-quote',
  says: 'each quote of a script is closed on its line, for lines are typed and proven one by one',
  remedy: 'close it there; what has several lines goes into a here-document',
  severity: 'error',
  check({ content }, report) {
    for (const { path, script } of scriptsOf(content)) {
      // Behind the first it cannot be told what is inside of quotes.
      const open = readScript(script).lines.find(({ openQuote }) => openQuote !== undefined);
      if (open) report(path, `\`${open.text.trim()}\` leaves ${open.openQuote} open`);
    }
  },
};

const idleScript: LabRule = {
  name: 'idle-script',
  says: 'each script has a line that does something',
  remedy: 'write what is typed',
  severity: 'error',
  check({ content }, report) {
    for (const { path, script } of scriptsOf(content))
      if (readScript(script).lines.length === 0) report(path, 'nothing is typed');
  },
};

/** Scripts that are typed. */
export const scripts: readonly LabRule[] = [waitsInVain, keysOutsideEditor, openHereDocument, openQuote, idleScript];

function eachLine(
  content: Parameters<typeof scriptsOf>[0],
  look: (line: ScriptLine, path: Parameters<Report>[0], lines: readonly ScriptLine[], index: number) => void,
): void {
  for (const { path, script } of scriptsOf(content)) {
    const { lines } = readScript(script);
    lines.forEach((line, index) => {
      look(line, path, lines, index);
    });
  }
}
