/** Whether a text is an IPv4 (4) or IPv6 (6) address, or neither (0). */
export function ipVersion(text: string): 0 | 4 | 6 {
  if (/^(\d{1,3})(\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255) ? 4 : 0;
  if (!/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(text)) return 0;
  return URL.canParse(`http://[${text}]/`) ? 6 : 0;
}
