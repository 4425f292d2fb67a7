/** A JSON syntax error as Go's encoding/json words it; `error` is what JSON.parse threw of `text`. */
export function goSyntaxError(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const at = /position (\d+)/.exec(message);
  if (!at || Number(at[1]) >= text.length) return 'unexpected end of JSON input';
  const character = JSON.stringify(text[Number(at[1])] ?? '').slice(1, -1);
  return `invalid character '${character === '\\"' ? '"' : character}' looking for beginning of value`;
}
