/** A piece of a script that is typed as one: a command line with what its here-documents take, or keys. */
export interface ScriptStep {
  readonly lines: readonly string[];
  /** Changes nothing; may be left out. */
  readonly look: boolean;
}

const LOOK = /\s+#\s*look\s*$/;

/** Cuts a script into steps. Blank lines and lines that are only a comment are left out, but not inside here-documents. */
export function scriptSteps(script: string): ScriptStep[] {
  const lines = script.replace(/\n+$/, '').split('\n');
  const steps: ScriptStep[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string;
    at += 1;
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    const look = LOOK.test(line);
    const taken = [line.replace(LOOK, '')];
    while (/\\$/.test(taken.at(-1) as string) && at < lines.length) {
      taken.push(lines[at] as string);
      at += 1;
    }
    for (const delimiter of delimitersIn(taken.join('\n'))) {
      while (at < lines.length) {
        const inside = lines[at] as string;
        taken.push(inside);
        at += 1;
        if ((delimiter.strip ? inside.replace(/^\t+/, '') : inside) === delimiter.word) break;
      }
    }
    steps.push({ lines: taken, look });
  }
  return steps;
}

/** The words that end a line's here-documents, in order. `<<<` is none. */
function delimitersIn(line: string): { word: string; strip: boolean }[] {
  const unquoted = line.replace(/'[^']*'(?!\w)/g, (text) => (/<</.test(text) ? ' '.repeat(text.length) : text));
  return [...unquoted.matchAll(/(?<!<)<<(-?)(?!<)\s*(?:'([^']+)'|"([^"]+)"|\\?([\w.-]+))/g)].map((match) => ({
    strip: match[1] === '-',
    word: (match[2] ?? match[3] ?? match[4]) as string,
  }));
}
