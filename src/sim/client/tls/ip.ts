/** Whether a text is an IPv4 (4) or IPv6 (6) address, or neither (0). */
export function ipVersion(text: string): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  if (!/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(text)) return 0;
  return URL.canParse(`http://[${text}]/`) ? 6 : 0;
}

/** Four numbers up to 255 with dots between them. Every connection asks, so that it is read without a pattern. */
function isIPv4(text: string): boolean {
  let [number, digits, dots] = [0, 0, 0];
  if (text.length > 15) return false;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit === -2 && digits > 0 && dots < 3) {
      dots += 1;
      number = 0;
      digits = 0;
      continue;
    }
    if (digit < 0 || digit > 9) return false;
    number = number * 10 + digit;
    digits += 1;
    if (number > 255 || digits > 3) return false;
  }
  return dots === 3 && digits > 0;
}
