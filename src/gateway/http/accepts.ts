/** Whether an `Accept` header names a type. One that is missing accepts everything. */
export function accepts(header: string | undefined, type: string): boolean {
  if (header === undefined || header.includes(type)) return true;
  const [family] = type.split('/');
  return header
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';', 1)[0]?.trim())
    .some((range) => range === type || range === '*/*' || range === `${family}/*`);
}
