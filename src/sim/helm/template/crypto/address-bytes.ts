/** The bytes of an IP address, four or sixteen; undefined for a text that is none. */
export function addressBytes(text: string): Uint8Array | undefined {
  return text.includes(':') ? longAddress(text) : shortAddress(text);
}

function shortAddress(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  const good = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return good ? Uint8Array.from(parts.map(Number)) : undefined;
}

function longAddress(text: string): Uint8Array | undefined {
  const tail = /[^:]*\.[^:]*$/.exec(text)?.[0];
  const short = tail === undefined ? undefined : shortAddress(tail);
  if (tail !== undefined && short === undefined) return undefined;
  const groups = short
    ? `${((short[0] as number) * 256 + (short[1] as number)).toString(16)}:${((short[2] as number) * 256 + (short[3] as number)).toString(16)}`
    : '';
  const [head = '', rest, ...more] = (tail === undefined ? text : text.slice(0, -tail.length) + groups).split('::');
  if (more.length > 0) return undefined;
  const before = head === '' ? [] : head.split(':');
  const after = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - before.length - after.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...new Array<string>(missing).fill('0'), ...after];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}
