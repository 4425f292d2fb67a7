/** Breaks a text at blanks so that no line is longer than the limit, unless a word is (mitchellh/go-wordwrap's rule). */
export function wrapText(text: string, limit: number): string {
  let out = '';
  let current = 0;
  let word = '';
  let space = '';
  const settle = (): void => {
    current += space.length + word.length;
    out += space + word;
    space = '';
    word = '';
  };
  for (const char of text) {
    if (char === '\n') {
      if (word !== '' || current + space.length <= limit) settle();
      space = '';
      out += char;
      current = 0;
    } else if (/\s/u.test(char) && char !== '\u00a0') {
      if (space === '' || word !== '') settle();
      space += char;
    } else {
      word += char;
      if (current + word.length + space.length > limit && word.length < limit) {
        out += '\n';
        current = 0;
        space = '';
      }
    }
  }
  if (word !== '' || current + space.length <= limit) out += space + word;
  return out;
}

/** Puts blanks before every line, empty ones included. */
export function indentText(amount: number, text: string): string {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
