/** "2026-11-21 04:12:33Z": a moment as people compare it with other logs. */
export function instantText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
