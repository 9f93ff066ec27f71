/** "a, b and 3 more": what is said of more names than anybody reads. */
export function listed(
  names: readonly string[],
  { most, separator = ', ' }: { readonly most: number; readonly separator?: string },
): string {
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return `${names.slice(0, most).join(separator)}${more}`;
}
