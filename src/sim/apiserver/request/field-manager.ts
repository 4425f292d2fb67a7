const BYTES_MAX = 128;

/** Who writes, when the request does not say: what stands before the first slash of the user agent. */
export function managerOfAgent(agent: string): string {
  let name = '';
  for (const character of agent.split('/')[0] ?? '') {
    if (/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) continue;
    if (Buffer.byteLength(name + character) > BYTES_MAX) break;
    name += character;
  }
  return name;
}
