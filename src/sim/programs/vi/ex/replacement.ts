/** What a `:s` puts in the place of a match; `\r` in the result splits the line. */
export function expandReplacement(
  replacement: string,
  groups: readonly string[],
  previous: string,
  magic = true,
): string {
  let result = '';
  let once: ((text: string) => string) | undefined;
  let always: ((text: string) => string) | undefined;
  const add = (text: string): void => {
    if (text === '') return;
    let shown = always ? always(text) : text;
    if (once) {
      const first = [...shown][0] ?? '';
      shown = once(first) + shown.slice(first.length);
      once = undefined;
    }
    result += shown;
  };
  for (let at = 0; at < replacement.length; at += 1) {
    const char = replacement[at] as string;
    if (char === '&' && magic) add(groups[0] ?? '');
    else if (char === '~' && magic) add(previous);
    else if (char === '\r') result += '\r';
    else if (char !== '\\') add(char);
    else {
      at += 1;
      const escaped = replacement[at];
      if (escaped === undefined) add('\\');
      else if (/\d/.test(escaped)) add(groups[Number(escaped)] ?? '');
      else if (escaped === 'n') result += '\0';
      else if (escaped === 'r') result += '\r';
      else if (escaped === 't') add('\t');
      else if (escaped === 'u') once = (text) => text.toUpperCase();
      else if (escaped === 'l') once = (text) => text.toLowerCase();
      else if (escaped === 'U') always = (text) => text.toUpperCase();
      else if (escaped === 'L') always = (text) => text.toLowerCase();
      else if (escaped === 'e' || escaped === 'E') {
        once = undefined;
        always = undefined;
      } else if (escaped === '\r') result += '\0\r'.slice(1);
      else add(escaped);
    }
  }
  return result;
}
