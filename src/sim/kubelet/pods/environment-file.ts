/**
 * The value of a variable in a file of variables, as kubelet reads them: `NAME='value'`, always in single quotes, which
 * may go over several lines; comments begin with #. Empty when there is none. Throws an Error for what is written
 * otherwise before it is found.
 */
export function environmentFileValue(text: string, key: string): string {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] as string).replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const [, name, rest] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    if (name === undefined || rest === undefined) throw new Error(`line ${at + 1}: missing '='`);
    if (name === '' || /[ \t]$/.test(name)) throw new Error(`line ${at + 1}: no name before '='`);
    if (/^[ \t]/.test(rest)) {
      // Bash would give the variable nothing and run what follows.
      if (name === key) return '';
      continue;
    }
    if (!rest.startsWith("'")) throw new Error(`line ${at + 1}: value must be enclosed in single quotes`);
    let value = rest.slice(1);
    while (!value.includes("'")) {
      at += 1;
      if (at >= lines.length) throw new Error('unclosed single quote');
      value += `\n${lines[at]}`;
    }
    const end = value.indexOf("'");
    if (!/^[ \t]*(?:#.*)?$/s.test(value.slice(end + 1))) throw new Error(`line ${at + 1}: content after closing quote`);
    if (name === key) return value.slice(0, end);
  }
  return '';
}
