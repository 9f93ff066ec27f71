/** `path` with the home folder as `~`: who works here is nobody's business. */
export function printablePath(path: string, home: string): string {
  const folder = home.replace(/[\\/]+$/, '');
  if (folder === '' || !path.startsWith(folder)) return path;
  const rest = path.slice(folder.length);
  return rest === '' || /^[\\/]/.test(rest) ? `~${rest}` : path;
}
